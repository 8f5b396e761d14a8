import type { Known } from '../reads/known.js';
import type { GroupRow, MemberRef, MemberRow, NodeType, Path, Ref, Row } from '../vendors/vendor.js';
import { formatId } from './global-id.js';
import type { GroupValue, NodeValue, SourceValue } from './graph.js';
import { operationsOfGroup } from './operations.js';
import type { Source } from './sources.js';

/** What the graph shows of a row; under the path it was asked by, where that says the same in other words. */
export function valueOf(source: Source, known: Known<Row>, path: Path = known.row.path): NodeValue | GroupValue {
  if (!isSamePath(path, known.row.path)) return newValueOf(source, known, path);
  known.shown ??= newValueOf(source, known, path);
  return known.shown as NodeValue | GroupValue;
}

function isSamePath(a: Path, b: Path): boolean {
  return a === b || (a.length === b.length && a.every((part, at) => part === b[at]));
}

/** Written out: objects that are spread into each other take a hundred times as long. What else a row tells is asked of the row. */
function newValueOf(source: Source, { row, at, origin }: Known<Row>, path: Path): NodeValue | GroupValue {
  const { type: __typename, vendorId } = row;
  const { name: sourceName } = source;
  const id = formatId(sourceName, __typename, path);
  if (!isGroup(row)) return { __typename, id, vendorId, sourceName, path, row, told: null };
  return {
    __typename: row.type,
    id,
    vendorId,
    sourceName,
    path,
    row,
    told: null,
    name: row.name,
    operations: operationsOfGroup(source.adapter, source.operations, row),
    origin,
    fetchedAt: at,
    membersKnown: null,
  };
}

/** What the graph shows of a thing of which only the id is known so far. */
export function referenceTo(source: Source, { type, path }: Ref, vendorId: string = path.at(-1)!): NodeValue {
  return {
    __typename: type,
    id: formatId(source.name, type, path),
    vendorId,
    sourceName: source.name,
    path,
    told: null,
  };
}

/** A member: whole where the list told it, by its id alone where it did not. */
export function memberValue(source: Source, known: Known<MemberRef>): NodeValue {
  const { row } = known;
  return isWhole(row) ? valueOf(source, known as Known<MemberRow>) : referenceTo(source, row, row.vendorId);
}

export function isWhole(row: MemberRef | Row): row is Row & MemberRef {
  return 'email' in row;
}

export function sourceValue({ name, vendor, operations }: Source): SourceValue {
  return { __typename: 'Source', id: formatId(name, 'Source', [name]), name, vendor, operations };
}

function isGroup(row: Row): row is GroupRow {
  return isGroupType(row.type);
}

export function isGroupType(type: NodeType | 'Source'): type is GroupRow['type'] {
  return type.endsWith('Group');
}
