import { createServer, type IncomingMessage } from 'node:http';
import { freePort } from '../wait';
import type { Cloud } from './cloud';
import { EC2 } from './ec2';
import { IAM } from './iam';
import { AwsError, parseQuery, textOf, toXml } from './query';
import { describeCluster, JSON_SERVICES } from './services';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/**
 * Serves what Karpenter asks of AWS, all services at one address (AWS_ENDPOINT_URL). It is no emulator of AWS: only the
 * calls that the controller makes, no signatures, no limits, no delays. What it does not play it refuses and remembers.
 */
export async function serveAws(cloud: Cloud): Promise<{ endpoint: string; close: () => void }> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = createServer(async (request, response) => {
    const { status, type, text } = await answer(cloud, request, endpoint);
    response.writeHead(status, { 'content-type': type }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { endpoint, close };
}

async function answer(cloud: Cloud, request: IncomingMessage, endpoint: string): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const target = request.headers['x-amz-target'];
  const cluster = /^\/clusters\/([^/?]+)/.exec(request.url ?? '')?.[1];
  if (cluster !== undefined) return json(() => describeCluster(cloud, cluster, endpoint));
  if (typeof target === 'string') {
    const action = JSON_SERVICES[target] ?? refuse(cloud, target);
    return json(() => action(cloud, JSON.parse(body), endpoint));
  }
  return query(cloud, body);
}

async function json(act: () => unknown): Promise<Answer> {
  const type = 'application/x-amz-json-1.1';
  try {
    return { status: 200, type, text: JSON.stringify(await act()) };
  } catch (error) {
    const { code, status, message } = asAwsError(error);
    return { status, type, text: JSON.stringify({ __type: code, message }) };
  }
}

function query(cloud: Cloud, body: string): Answer {
  const type = 'text/xml';
  const request = parseQuery(body);
  const name = textOf(request, 'Action');
  try {
    const iam = IAM[name];
    if (iam !== undefined) {
      const result = toXml({ [`${name}Result`]: iam(cloud, request) }, 'member');
      return { status: 200, type, text: `<${name}Response>${result}</${name}Response>` };
    }
    const action = EC2[name] ?? refuse(cloud, name);
    return {
      status: 200,
      type,
      text: `<${name}Response>${toXml(action(cloud, request), 'item')}</${name}Response>`,
    };
  } catch (error) {
    const { code, status, message } = asAwsError(error);
    const found = toXml({ Error: { Code: code, Message: message } }, 'item');
    // EC2 wraps its errors in a list, IAM does not.
    const text = name in IAM ? found : `<Errors>${found}</Errors>`;
    const root = name in IAM ? 'ErrorResponse' : 'Response';
    return { status, type, text: `<${root}>${text}</${root}>` };
  }
}

function refuse(cloud: Cloud, action: string): () => never {
  return () => {
    cloud.unknown.add(action);
    throw new AwsError('InvalidAction', `${action} is not played here`);
  };
}

function asAwsError(error: unknown): AwsError {
  return error instanceof AwsError ? error : new AwsError('InternalError', String(error), 500);
}
