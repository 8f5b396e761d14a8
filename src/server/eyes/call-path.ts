/**
 * The path of a call, which says what it is, without its query, which may hold anything. TestRail's path stands in the query
 * (`/index.php?/api/v2/get_user/1`): of it stays what comes before the first `&`.
 */
export function pathOf(path: string): string {
  const local = path.replace(/^https?:\/\/[^/?#]*/i, '');
  return /^[^?#]*(?:\?\/[^&#]*)?/.exec(local)![0];
}
