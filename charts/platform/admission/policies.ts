import { CLAIMS } from './claims';
import { GPU_TYPE } from './gpu-type';
import { IDENTITY_TOKEN } from './identity-token';
import { IMAGES } from './images';
import { INGRESSES } from './ingresses';
import { LABELS } from './labels';
import { NAMESPACES } from './namespaces';
import { NODE_SELECTION } from './node-selection';
import { OWN_ACCOUNTS } from './own-accounts';
import { PLATFORM_OBJECTS } from './platform-objects';
import type { Policy } from './policy';
import { PRIORITY_CLASSES } from './priority-classes';
import { RAY_ACCESS } from './ray-access';
import { SERVICE_ACCOUNTS } from './service-accounts';
import { SERVICES } from './services';
import { TOLERATIONS } from './tolerations';
import { VOLUMES } from './volumes';

/** What the API server refuses in namespaces of tenants. */
export const POLICIES: readonly Policy[] = [
  CLAIMS,
  GPU_TYPE,
  IDENTITY_TOKEN,
  IMAGES,
  INGRESSES,
  LABELS,
  NAMESPACES,
  NODE_SELECTION,
  OWN_ACCOUNTS,
  PLATFORM_OBJECTS,
  PRIORITY_CLASSES,
  RAY_ACCESS,
  SERVICE_ACCOUNTS,
  SERVICES,
  TOLERATIONS,
  VOLUMES,
];
