import { isDns1123Label, isDns1123Subdomain, isQualifiedName } from '../../names';
import { podRule } from '../pods';
import { checkTable, optional, table } from '../tables';

const PROFILE = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const MAX_ID = 2 ** 31 - 1;

/** What stands in scalar fields of a pod and its volumes (core/validation v1.36.1). */
const POD = table({
  restartPolicy: ['Always', 'OnFailure', 'Never'],
  dnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  preemptionPolicy: ['PreemptLowerPriority', 'Never'],
  serviceAccountName: optional(isDns1123Subdomain),
  nodeName: optional(isDns1123Subdomain),
  priorityClassName: optional(isDns1123Subdomain),
  runtimeClassName: isDns1123Subdomain,
  hostname: optional(isDns1123Label),
  subdomain: optional(isDns1123Label),
  activeDeadlineSeconds: 1,
  'readinessGates[].conditionType': isQualifiedName,
  'schedulingGates[].name': isQualifiedName,
  'securityContext.fsGroupChangePolicy': ['OnRootMismatch', 'Always'],
  'securityContext.supplementalGroupsPolicy': ['Merge', 'Strict'],
  'securityContext.seccompProfile.type': PROFILE,
  'securityContext.appArmorProfile.type': PROFILE,
  'os.name': ['linux', 'windows'],
});

/** Words, names and numbers of a pod. */
export const podValues = podRule('pod-values', (pod, at, tell) => {
  checkTable(POD, pod, at, tell);
  if ((pod.activeDeadlineSeconds ?? 0) > MAX_ID) {
    tell([...at, 'activeDeadlineSeconds'], `must be at most ${MAX_ID}`);
  }
});
