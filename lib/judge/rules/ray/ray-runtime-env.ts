import { readYaml, yamlParts } from '../../../load/kubernetes/yaml';
import { isMap } from '../../defaults';
import { jobRule } from './ray-job';

/** The runtime environment of a job is a mapping in YAML (UnmarshalRuntimeEnvYAML of KubeRay v1.7.0). */
export const rayRuntimeEnv = jobRule('ray-runtime-env', ({ runtimeEnvYAML: text = '' }, at, tell) => {
  // KubeRay reads no further than the first document, and takes a field twice.
  const [part] = yamlParts('', text);
  const document = part && readYaml(part);
  if (document === undefined || document.value === null || isMap(document.value)) return;
  const broken = document.value === undefined ? document.issues[0]?.message : undefined;
  tell([...at, 'runtimeEnvYAML'], broken ?? 'must be a mapping');
});
