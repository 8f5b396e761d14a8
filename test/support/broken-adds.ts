import { randomUUID } from 'node:crypto';
import type { Edit, Editor, Happened, Told } from './crowd.js';
import type { EditedGroup } from './edited-group.js';
import type { Fate } from './member-history.js';
import { codes, mutate } from './mutations.js';

/** Adds at a process that may be killed. Those whose connection broke are kept under their keys, to be sent again. */
export class BreakableAdds {
  /** By key. */
  readonly broken = new Map<string, Edit>();
  /** How many were answered. */
  answered = 0;

  constructor(
    private readonly url: string,
    private readonly group: EditedGroup,
  ) {}

  readonly editor: Editor = async (edit) => {
    const key = randomUUID();
    const told = await this.#send(this.url, key, edit).catch(() => null);
    if (told) this.answered += 1;
    else this.broken.set(key, edit);
    return told ?? { fates: fatesOf(edit, () => 'unknown'), codes: [] };
  };

  /** Sends what broke to another process, all at once and each under its key; told in the order of `broken`. */
  again(url: string): Promise<readonly Happened[]> {
    return Promise.all(
      [...this.broken].map(async ([key, edit]) => {
        const from = performance.now();
        const told = await this.#send(url, key, edit);
        return { does: 'add' as const, from, to: performance.now(), ...told };
      }),
    );
  }

  async #send(url: string, key: string, edit: Edit): Promise<Told> {
    const input = { group: this.group.id, members: edit.members, idempotencyKey: key };
    const sent = await mutate(url, 'addGroupMembers', input);
    if (!sent.payload) throw new Error(JSON.stringify(sent.errors));
    const added: readonly string[] = sent.payload.added.map(({ id }: { id: string }) => id);
    return { fates: fatesOf(edit, (member) => (added.includes(member) ? 'changed' : 'unknown')), codes: codes(sent) };
  }
}

function fatesOf({ members }: Edit, fateOf: (member: string) => Fate): ReadonlyMap<string, Fate> {
  return new Map(members.map((member) => [member, fateOf(member)]));
}
