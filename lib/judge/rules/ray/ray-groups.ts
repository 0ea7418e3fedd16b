import { isLabelValue, isQualifiedName } from '../../names';
import { entries } from '../path';
import { clusterRule, groupsOf } from './cluster-spec';

const RESOURCE_PARAMS = ['num-cpus', 'num-gpus', 'memory', 'resources'];

/** What a group of Ray pods says about itself. */
export const rayGroups = clusterRule('ray-groups', (spec, at, tell) => {
  for (const [group, pointer] of groupsOf(spec, at)) {
    const { rayStartParams = {}, resources = {}, template } = group;
    if ((template.spec?.containers ?? []).length === 0) tell([...pointer, 'template'], 'needs a container');
    if (RESOURCE_PARAMS.some((name) => rayStartParams[name]) && Object.keys(resources).length > 0) {
      tell([...pointer, 'resources'], 'cannot stand beside resources in rayStartParams');
    }
    if (rayStartParams.labels !== undefined)
      tell([...pointer, 'rayStartParams', 'labels'], 'use labels of the group');
    for (const [key, value, where] of entries(group.labels, [...pointer, 'labels'])) {
      const problem = isQualifiedName(key) ?? isLabelValue(value);
      if (problem !== undefined) tell(where, problem);
    }
  }
});
