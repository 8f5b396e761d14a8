const utf8 = new TextDecoder();

/** The body of an answer, whole and decompressed, in the pieces in which it came. */
export class Body {
  constructor(
    private readonly pieces: readonly Buffer[],
    readonly length: number,
  ) {}

  /** Without a byte order mark. */
  text(): string {
    const [first = Buffer.alloc(0), ...more] = this.pieces;
    return utf8.decode(more.length === 0 ? first : this.copy());
  }

  isSame(bytes: Buffer): boolean {
    if (bytes.length !== this.length) return false;
    let at = 0;
    return this.pieces.every((piece) => piece.equals(bytes.subarray(at, (at += piece.length))));
  }

  /** In one piece, that holds on to nothing beside it. */
  copy(): Buffer {
    // What is allocated in the usual way is a part of something larger.
    const copy = Buffer.allocUnsafeSlow(this.length);
    let at = 0;
    for (const piece of this.pieces) at += piece.copy(copy, at);
    return copy;
  }
}
