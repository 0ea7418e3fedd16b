import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Plays the notebook server of every pod: KWOK's pods have no process. It answers what the hub asks to see a server
 * up, and shows people which server they would be in.
 */
export async function startNotebooks(): Promise<{ readonly url: string; stop(): void }> {
  const server: Server = createServer(({ url = '/' }, response) => {
    response.setHeader('X-JupyterHub-Version', '5.5.0');
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><title>stand-in</title><h1>Stand-in for JupyterLab</h1><p>${encodeURI(url)}</p>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
