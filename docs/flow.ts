/** Colours of one rendering of the picture. */
export interface Palette {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly paper: string;
  readonly accent: string;
}

export const LIGHT: Palette = {
  ink: '#1f2328',
  soft: '#59636e',
  line: '#b7bfc8',
  paper: '#f6f8fa',
  accent: '#0969da',
};
export const DARK: Palette = {
  ink: '#f0f6fc',
  soft: '#9198a1',
  line: '#4b535d',
  paper: '#151b23',
  accent: '#4493f8',
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly title: string;
  readonly lines: readonly string[];
}

const TOP = 28;
const BOXES: readonly Box[] = [
  {
    x: 10,
    y: TOP,
    w: 158,
    title: 'tenants/*.yaml',
    lines: ['members, quota,', 'notebooks, Ray, data'],
  },
  {
    x: 10,
    y: TOP + 104,
    w: 158,
    title: 'clusters/*.yaml',
    lines: ['pools, GPU types,', 'images, profiles'],
  },
  {
    x: 222,
    y: TOP + 52,
    w: 158,
    title: 'tenantry check',
    lines: ['schema, references,', 'sums: file:line:col'],
  },
  { x: 434, y: TOP + 52, w: 158, title: 'cdk8s charts', lines: ['one concern a file,', 'typed by the CRDs'] },
  { x: 646, y: TOP + 52, w: 158, title: 'dist/', lines: ['plain YAML in Git,', 'a folder a tenant'] },
  { x: 876, y: TOP + 52, w: 158, title: 'EKS', lines: ['Karpenter, Kueue,', 'KubeRay, JupyterHub'] },
];
const ARROWS: readonly [x1: number, y1: number, x2: number, y2: number, label: string][] = [
  [168, TOP + 38, 222, TOP + 80, ''],
  [168, TOP + 142, 222, TOP + 100, ''],
  [380, TOP + 90, 434, TOP + 90, ''],
  [592, TOP + 90, 646, TOP + 90, 'synth'],
  [804, TOP + 90, 876, TOP + 90, 'Argo CD'],
];

/** The flow from tenant files to the cluster, as SVG. */
export function flow(colors: Palette): string {
  const { ink, soft, line, paper, accent } = colors;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1044 236" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Tenant and cluster files are checked, rendered by cdk8s charts into dist, and synced by Argo CD to EKS">
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="${accent}"/></marker></defs>
${BOXES.map((box) => drawBox(box, { ink, soft, line, paper })).join('\n')}
${ARROWS.map(([x1, y1, x2, y2, label]) => {
  const text =
    label === ''
      ? ''
      : `<text x="${(x1 + x2) / 2}" y="${y1 - 12}" fill="${accent}" text-anchor="middle">${label}</text>`;
  return `<path d="M${x1} ${y1} ${x2} ${y2}" stroke="${accent}" stroke-width="1.5" fill="none" marker-end="url(#tip)"/>${text}`;
}).join('\n')}
<text x="301" y="222" fill="${soft}" text-anchor="middle">a pull request stops here</text>
<path d="M301 208 301 ${TOP + 132}" stroke="${line}" stroke-dasharray="3 3" fill="none"/>
</svg>
`;
}

function drawBox(
  { x, y, w, title, lines }: Box,
  { ink, soft, line, paper }: Omit<Palette, 'accent'>,
): string {
  const rows = lines.map(
    (text, row) => `<text x="${x + 12}" y="${y + 46 + row * 18}" fill="${soft}">${text}</text>`,
  );
  return [
    `<rect x="${x}" y="${y}" width="${w}" height="76" rx="8" fill="${paper}" stroke="${line}"/>`,
    `<text x="${x + 12}" y="${y + 24}" fill="${ink}" font-weight="600">${title}</text>`,
    ...rows,
  ].join('');
}
