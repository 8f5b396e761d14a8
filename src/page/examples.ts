import asa from './examples/asa.graphql?raw';
import createGroups from './examples/create-groups.graphql?raw';
import editGroups from './examples/edit-groups.graphql?raw';
import lookUps from './examples/look-ups.graphql?raw';
import memberships from './examples/memberships.graphql?raw';
import oneGroup from './examples/one-group.graphql?raw';
import onePerson from './examples/one-person.graphql?raw';
import sources from './examples/sources.graphql?raw';
import testrail from './examples/testrail.graphql?raw';
import tiledesk from './examples/tiledesk.graphql?raw';
import updraft from './examples/updraft.graphql?raw';
import velt from './examples/velt.graphql?raw';
import whoIsInWhichGroup from './examples/who-is-in-which-group.graphql?raw';

/** The tabs of a first visit, in their order; GraphiQL titles each with the name of its operation. */
export const exampleTabs = [
  whoIsInWhichGroup,
  oneGroup,
  onePerson,
  memberships,
  sources,
  lookUps,
  updraft,
  velt,
  testrail,
  tiledesk,
  asa,
  createGroups,
  editGroups,
].map((query) => ({ query }));
