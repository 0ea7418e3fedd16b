import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { repositorySecret } from '../../lib/infrastructure/bootstrap';
import { clusterWith } from './cluster';

const HANDLER = '../../clusters/stack/repository-credentials/index.js';
const manifest = JSON.stringify(repositorySecret(clusterWith({})));

/** Runs the function with a secret; programs, the disk and AWS are faked. */
async function run(SecretString: string, RequestType = 'Create') {
  const commands: string[][] = [];
  const files: [path: string, text: string, mode: number][] = [];
  const asked: unknown[] = [];
  jest.doMock('node:child_process', () => ({
    execFileSync: (program: string, args: string[]) => void commands.push([program, ...args]),
  }));
  jest.doMock('node:fs', () => ({
    writeFileSync: (path: string, text: string, { mode }: { mode: number }) =>
      void files.push([path, text, mode]),
  }));
  const SecretsManager = class {
    async getSecretValue(input: unknown) {
      asked.push(input);
      return { SecretString };
    }
  };
  jest.doMock('@aws-sdk/client-secrets-manager', () => ({ SecretsManager }), { virtual: true });
  const { handler } = require(HANDLER) as { handler: (event: object) => Promise<object> };
  const event = { RequestType, ResourceProperties: { cluster: 'main', secret: 'tenantry/git', manifest } };
  return { result: await handler(event), commands, files, asked };
}

afterEach(() => {
  jest.resetModules();
});

describe('the function that writes the credentials of the repository', () => {
  it('applies the Secret that Argo CD reads, with all fields of the one in Secrets Manager', async () => {
    const { result, commands, files, asked } = await run('{"username":"argo","password":"a\\"b\\nc"}');
    expect(asked).toEqual([{ SecretId: 'tenantry/git' }]);
    const [[path, text, mode] = ['', '{}', 0]] = files;
    expect(mode).toBe(0o600);
    expect(JSON.parse(text)).toMatchObject({
      metadata: {
        name: 'git-repository',
        namespace: 'argocd',
        labels: { 'argocd.argoproj.io/secret-type': 'repository' },
      },
      stringData: {
        type: 'git',
        url: 'https://git.example.com/ml.git',
        username: 'argo',
        password: 'a"b\nc',
      },
    });
    expect(commands.map(([program]) => program)).toEqual(['aws', 'kubectl']);
    expect(commands.at(-1)?.at(-1)).toBe(path);
    expect(result).toEqual({ PhysicalResourceId: 'main/git-repository' });
  });

  it('hands nothing of the secret to a command line or to CloudFormation', async () => {
    const { result, commands } = await run('{"username":"argo","password":"hunter2"}');
    expect(JSON.stringify([result, commands])).not.toContain('hunter2');
  });

  it('leaves the Secret to external-secrets when the stack goes', async () => {
    expect(await run('{}', 'Delete')).toMatchObject({ result: {}, commands: [], asked: [] });
  });

  it('says what is wrong with a secret without quoting it', async () => {
    await expect(run('hunter2')).rejects.toThrow(
      'secret tenantry/git is not JSON with username and password, or with sshPrivateKey',
    );
  });
});
