import { monitorEventLoopDelay, performance, type EventLoopUtilization } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

/** How busy the process was since it was last asked. */
export interface Load {
  /** From 0 to 1: the part of the time in which its one thread had something to do. */
  readonly utilization: number;
  /** The longest that anything waited for that thread, in milliseconds. */
  readonly stallMs: number;
  /** Whether memory is about to run out. */
  readonly isMemoryShort: boolean;
}

const resolutionMs = 10;
/** The part of the memory that may be in use. */
const mostMemory = 0.85;

/** Measures how busy the process is. It costs something only between `start` and `stop`. */
export class LoadMeter {
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs });
  #seen: EventLoopUtilization = performance.eventLoopUtilization();

  start(): void {
    this.#seen = performance.eventLoopUtilization();
    this.#delay.reset();
    this.#delay.enable();
  }

  stop(): void {
    this.#delay.disable();
  }

  look(): Load {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.#seen);
    this.#seen = now;
    const stallMs = Math.max(0, this.#delay.max / 1e6 - resolutionMs);
    this.#delay.reset();
    return { utilization, stallMs, isMemoryShort: isMemoryShort() };
  }
}

function isMemoryShort(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  if (used > mostMemory * limit) return true;
  // What a container may use; nothing, or more than there can be, where there is none.
  const allowed = process.constrainedMemory();
  return allowed > 0 && process.memoryUsage.rss() > mostMemory * allowed;
}
