import type { Application } from '../../../imports/argoproj.io';
import type { Practice } from './practice';

/** Options that delete before they create, or that cut large CRDs off. */
export const syncOptions: Practice = (objects) =>
  objects
    .filter(({ kind }) => kind === 'Application')
    .flatMap((object) => {
      const options = (object as unknown as Application).spec.syncPolicy?.syncOptions ?? [];
      const wrong = [
        ...options.filter((option) => option === 'Replace=true' || option === 'Force=true'),
        ...(options.includes('ServerSideApply=true') ? [] : ['no ServerSideApply=true']),
      ];
      return wrong.map((option) => ({
        rule: 'sync-options',
        object,
        message: `syncs with ${option}`,
        hint: 'use ServerSideApply=true: an annotation holds no more than 256 KiB',
      }));
    });
