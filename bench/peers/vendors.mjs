// The vendors as a bare client sees them: an undici pool each, and what may be shared of their answers.
import { Pool } from 'undici';

/**
 * `share`: none; flight (what is being read is read once for all who ask); cache (what was read is kept for a minute).
 * What is shared is the JSON as parsed: nobody may change it.
 */
export function openVendors(sources, share = process.env.SHARE ?? 'none') {
  const vendors = { testrail: [], tiledesk: [], asa: [] };
  for (const [name, source] of Object.entries(sources)) {
    const get = shared(clientOf(source), share);
    if (source.vendor === 'testrail') vendors.testrail.push(testrail(name, get));
    if (source.vendor === 'tiledesk') vendors.tiledesk.push(tiledesk(name, source, get));
    if (source.vendor === 'okta-asa') vendors.asa.push(asa(name, source, get));
  }
  return {
    testrail: vendors.testrail[0],
    tiledesk: vendors.tiledesk[0],
    asa: new Map(vendors.asa.map((one) => [one.name, one])),
  };
}

function shared(read, share) {
  const kept = new Map();
  if (share === 'none') return read;
  return (path) => {
    const known = kept.get(path);
    if (known && (known.until === undefined || known.until > Date.now())) return known.answer;
    const entry = { answer: read(path), until: undefined };
    kept.set(path, entry);
    entry.answer.then(
      () => (share === 'cache' ? (entry.until = Date.now() + 60_000) : kept.delete(path)),
      () => kept.delete(path),
    );
    return entry.answer;
  };
}

function clientOf(source) {
  const { origin, pathname } = new URL(source.url);
  const pool = new Pool(origin, { connections: source.vendor === 'okta-asa' ? 64 : 32, pipelining: 1 });
  const base = pathname === '/' ? '' : pathname;
  const authorization = authorizationOf(source, pool);
  return async (path) => {
    const headers = { authorization: typeof authorization === 'string' ? authorization : await authorization() };
    if (source.vendor === 'testrail') headers['content-type'] = 'application/json';
    const { statusCode, body } = await pool.request({ method: 'GET', path: base + path, headers });
    if (statusCode !== 200) throw new Error(`${path}: ${statusCode} ${await body.text()}`);
    return body.json();
  };
}

function authorizationOf(source, pool) {
  const basic = (user, password) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  if (source.vendor === 'testrail') return basic(source.user, source.apiKey);
  if (source.vendor === 'tiledesk') return basic(source.email, source.password);
  let token;
  return () => (token ??= mint(source, pool));
}

async function mint({ team, keyId, keySecret }, pool) {
  const { body } = await pool.request({
    method: 'POST',
    path: `/v1/teams/${team}/service_token`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key_id: keyId, key_secret: keySecret }),
  });
  return `Bearer ${(await body.json()).bearer_token}`;
}

function testrail(name, get) {
  const api = '/index.php?/api/v2/';
  const list = async (key, first) => {
    const rows = [];
    for (let path = `${api}${first}`; path;) {
      const page = await get(path);
      rows.push(...page[key]);
      path = page._links.next && `/index.php?${page._links.next}`;
    }
    return rows;
  };
  return {
    name,
    groups: () => list('groups', 'get_groups'),
    group: (id) => get(`${api}get_group/${id}`),
    users: () => list('users', 'get_users'),
  };
}

function tiledesk(name, { projects }, get) {
  return {
    name,
    projects,
    groups: (project) => get(`/${project}/groups/`),
    group: (project, id) => get(`/${project}/groups/${id}`),
    users: (project) => get(`/${project}/project_users/`),
  };
}

function asa(name, { team }, get) {
  const list = async (path) => (await get(`/v1/teams/${team}/${path}`)).list;
  return {
    name,
    team,
    groups: () => list('groups'),
    members: (group) => list(`groups/${encodeURIComponent(group)}/users`),
  };
}

export const gid = (source, type, ...path) => `gid://${source}/${type}/${path.map(encodeURIComponent).join('/')}`;

/** An id of ours, taken apart. */
export function parts(id) {
  const [source, type, ...path] = id.slice('gid://'.length).split('/');
  return { source, type, path: path.map(decodeURIComponent) };
}
