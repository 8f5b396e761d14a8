/** The time of day, and pauses that end by it. A test may move it on; deadlines of calls and `performance` go on as they are. */
const RealDate = Date;
const sleepers = new Set<() => void>();
let aheadMs = 0;

const MovedDate = new Proxy(RealDate, {
  construct: (real, given, self) =>
    Reflect.construct(real, given.length === 0 ? [real.now() + aheadMs] : given, self) as object,
  get: (real, name, self) => (name === 'now' ? () => real.now() + aheadMs : (Reflect.get(real, name, self) as unknown)),
});

export function takeClock(): void {
  globalThis.Date = MovedDate;
}

export function returnClock(): void {
  globalThis.Date = RealDate;
  aheadMs = 0;
}

/** Lets so many milliseconds pass at once. */
export function letPass(ms: number): void {
  aheadMs += ms;
  for (const sleepOn of sleepers) sleepOn();
}

/** In place of `setTimeout` of `node:timers/promises`. */
export function pause(ms = 0): Promise<void> {
  const end = Date.now() + ms;
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const sleepOn = () => {
      clearTimeout(timer);
      timer = setTimeout(wake, end - Date.now()).unref();
    };
    const wake = () => {
      sleepers.delete(sleepOn);
      resolve();
    };
    sleepers.add(sleepOn);
    sleepOn();
  });
}
