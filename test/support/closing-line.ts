import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';

/**
 * Ends a run with one plain line, `N passed, N failed, N skipped`. A file that does not load, a hook that throws and an
 * error that nobody caught count as failures. With ROLLCALL_NO_SKIP=1 a skipped test fails the run: `.ci/run` installs
 * whatever a test could miss.
 */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], uncaught: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (wanted: string) => tests.filter((test) => test.result().state === wanted);
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const broken = suites.filter((suite) => suite.errors().length > 0);
    const skipped = inState('skipped');

    if (skipped.length > 0 && process.env.ROLLCALL_NO_SKIP === '1') {
      process.exitCode = 1;
      for (const test of skipped) console.log(`Skipped, and must not be: ${sentenceOf(test)}`);
    }
    const failed = inState('failed').length + broken.length + uncaught.length;
    console.log(`${inState('passed').length} passed, ${failed} failed, ${skipped.length} skipped`);
  }
}

function sentenceOf(test: TestCase): string {
  const result = test.result();
  const reason = result.state === 'skipped' && result.note ? ` (${result.note})` : '';
  return `${test.module.relativeModuleId} > ${test.fullName}${reason}`;
}
