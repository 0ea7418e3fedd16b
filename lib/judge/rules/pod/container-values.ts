import { isDns1123Label } from '../../names';
import { containersOf, podRule } from '../pods';
import { checkTable, required, table } from '../tables';

/** What stands in scalar fields of a container (core/validation v1.36.1). */
const CONTAINER = table({
  name: isDns1123Label,
  image: required,
  imagePullPolicy: ['Always', 'Never', 'IfNotPresent'],
  terminationMessagePolicy: ['File', 'FallbackToLogsOnError'],
  'ports[].protocol': ['TCP', 'UDP', 'SCTP'],
  'volumeMounts[].mountPropagation': ['None', 'HostToContainer', 'Bidirectional'],
  'volumeMounts[].recursiveReadOnly': ['Disabled', 'IfPossible', 'Enabled'],
  'resizePolicy[].restartPolicy': ['NotRequired', 'RestartContainer'],
  'securityContext.procMount': ['Default', 'Unmasked'],
  'securityContext.seccompProfile.type': ['Localhost', 'RuntimeDefault', 'Unconfined'],
  'securityContext.appArmorProfile.type': ['Localhost', 'RuntimeDefault', 'Unconfined'],
});

/** Words and names of containers. */
export const containerValues = podRule('container-values', (pod, at, tell) => {
  for (const [container, pointer] of containersOf(pod, at)) {
    checkTable(CONTAINER, container, pointer, tell);
    // The OpenAPI lets a container go without an image; kubelets cannot.
    if (container.image === undefined) tell(pointer, 'lacks an image');
  }
});
