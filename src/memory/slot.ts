/**
 * Something known of objects beside what they say themselves, held by each of them alone. A copy of an object knows nothing of it.
 *
 * A `WeakMap` says the same, but V8's collector of young objects takes whatever hangs on an old one to be in use: all that an operation
 * reads would grow old, and be copied twice on the way.
 */
export class Slot<Of extends object, Value> {
  readonly #key = Symbol('slot');

  get(of: Of): Value | undefined {
    return (of as { readonly [key: symbol]: Value | undefined })[this.#key];
  }

  set(of: Of, value: Value): void {
    Object.defineProperty(of, this.#key, { value, writable: true, configurable: true });
  }
}
