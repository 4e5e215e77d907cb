import { formatNumber, formatWait, inWords, useClock } from '../../../core/ui/format.ts';
import { useGo } from '../../../core/ui/go.tsx';
import { usePathOf, useRegistry } from '../../../core/ui/registry.ts';
import { StageShape, stageColour, stageLabels, stageVerbs } from '../../../core/ui/stage.tsx';
import { useWidth } from '../../../core/ui/use-width.ts';
import { layoutLoop, type LoopView, type PlacedGate, type PlacedStage, type PlacedToken } from './layout.ts';
import styles from './loop.module.css';
import { lookup } from '../../../core/names/lookup.ts';

const sides = lookup({ B: 'business', P: 'provider' } as const);

function SvgLink({
  to,
  label,
  className,
  children,
}: {
  to: string;
  label: string;
  className?: string | undefined;
  children: React.ReactNode;
}) {
  const go = useGo();
  const handleClick = (press: React.MouseEvent) => {
    if (press.metaKey || press.ctrlKey || press.shiftKey) return;
    press.preventDefault();
    go(to);
  };
  return (
    <a href={to} aria-label={label} className={className} onClick={handleClick}>
      <title>{label}</title>
      {children}
    </a>
  );
}

function Stage({ placed }: { placed: PlacedStage }) {
  const { stage, x, y, label, count } = placed;
  return (
    <SvgLink to={`/stages/${stage}`} label={`${stageLabels[stage]}: ${count} in work`} className={styles.stage}>
      <circle
        cx={x}
        cy={y}
        r={25}
        fill="var(--sw-ground)"
        stroke={stageColour(stage)}
        strokeWidth={1.25}
        className={styles.disc}
      />
      <g transform={`translate(${x - 13} ${y - 13}) scale(1.625)`}>
        <StageShape stage={stage} />
      </g>
      <text x={label.x} y={label.y - 2} textAnchor="middle" className={styles.stageName}>
        {stageLabels[stage]}
      </text>
      <text x={label.x} y={label.y + 14} textAnchor="middle" className={styles.stageCount}>
        {formatNumber(count)} · {stageVerbs[stage]}
      </text>
    </SvgLink>
  );
}

function GatePost({ placed: { gate, x, y, small } }: { placed: PlacedGate }) {
  useClock();
  const waiting = gate.waiting > 0;
  const words = `${gate.gate}${gate.label ? ` ${gate.label}` : ''}: ${gate.waiting} waiting for the ${sides[gate.side]} side${gate.oldestSince ? `, the oldest for ${formatWait(gate.oldestSince)}` : ''}`;
  if (small)
    return (
      <SvgLink to="/decisions" label={words} className={styles.gate}>
        <rect x={x - 12} y={y - 12} width={24} height={24} fill="transparent" stroke="none" />
        <circle cx={x} cy={y} r={4} fill="var(--sw-ground)" stroke="var(--sw-edge)" />
      </SvgLink>
    );
  return (
    <SvgLink to="/decisions" label={words} className={styles.gate}>
      <rect
        x={x - 14}
        y={y - 12}
        width={28}
        height={24}
        rx={5}
        fill={waiting ? 'var(--sw-attention-soft)' : 'var(--sw-ground)'}
        stroke={waiting ? 'var(--sw-attention)' : 'var(--sw-line)'}
      />
      <text x={x} y={y + 4} textAnchor="middle" className={waiting ? styles.gateWaiting : styles.gateName}>
        {gate.gate}
      </text>
      {waiting && (
        <>
          <circle cx={x + 14} cy={y - 12} r={8} fill="var(--sw-attention)" />
          <text x={x + 14} y={y - 8.5} textAnchor="middle" className={styles.waiting}>
            {gate.waiting}
          </text>
        </>
      )}
    </SvgLink>
  );
}

const longestName = 30;

function Token({ placed: { token, x, y, size, name } }: { placed: PlacedToken }) {
  const pathOf = usePathOf();
  const { definitions } = useRegistry();
  const lifecycle = definitions.find((each) => each.type === token.header.type)?.lifecycle;
  const status = lifecycle?.states[token.status]?.label ?? inWords(token.status);
  const value = token.value === null ? 'value unknown' : `value ${formatNumber(token.value)}`;
  return (
    <SvgLink
      to={pathOf(token.header)}
      label={`${token.header.ref} ${token.header.title}: ${status}, ${value}${token.waiting ? ', waiting at a gate' : ''}`}
      className={styles.token}
    >
      <rect x={x - 13} y={y - 13} width={26} height={26} fill="transparent" />
      <g transform={`translate(${x - size / 2} ${y - size / 2}) scale(${size / 16})`}>
        <StageShape stage={token.stage} filled={token.value !== null} />
        {token.value === null && (
          <path d="M4 12 12 4M3.5 8 8 3.5M8 12.5 12.5 8" stroke={stageColour(token.stage)} strokeWidth={1} />
        )}
      </g>
      {name && (
        <text x={name.x} y={name.y} textAnchor={name.anchor} className={styles.tokenName}>
          {token.header.title.length > longestName
            ? `${token.header.title.slice(0, longestName - 1)}…`
            : token.header.title}
        </text>
      )}
      {token.waiting ? (
        <circle
          cx={x + size / 2}
          cy={y - size / 2}
          r={4}
          fill="var(--sw-attention)"
          stroke="var(--sw-ground)"
          strokeWidth={1.5}
        />
      ) : null}
    </SvgLink>
  );
}

export function LoopPicture({ loop }: { loop: LoopView }) {
  const [place, width] = useWidth();
  const drawn = layoutLoop(loop, Math.max(280, Math.min(width, 1000)));
  const waiting = loop.gates.reduce((sum, gate) => sum + gate.waiting, 0);
  const services = loop.stages.reduce((sum, each) => sum + each.services.length, 0);
  return (
    <div ref={place} className={styles.place}>
      <svg
        width={drawn.width}
        height={drawn.height}
        viewBox={`0 0 ${drawn.width} ${drawn.height}`}
        role="group"
        aria-label={`The loop: ${services} services, ${waiting} decisions waiting`}
      >
        {drawn.stages.map((each) => (
          <path key={each.stage} d={each.arc} className={styles.ring} stroke={stageColour(each.stage)} />
        ))}
        {drawn.backEdges.map((edge) => (
          <path
            key={`${edge.from}${edge.to}`}
            d={edge.path}
            className={styles.back}
            style={{ strokeWidth: edge.width }}
          >
            <title>{`${edge.count} times back from ${stageLabels[edge.from]} to ${stageLabels[edge.to]}`}</title>
          </path>
        ))}
        <g aria-hidden>
          <text x={drawn.centre.x} y={drawn.centre.y - 2} textAnchor="middle" className={styles.figure}>
            {formatNumber(waiting)}
          </text>
          <text x={drawn.centre.x} y={drawn.centre.y + 16} textAnchor="middle" className={styles.stageCount}>
            {waiting === 1 ? 'decision waits' : 'decisions wait'}
          </text>
        </g>
        {drawn.gates.map((gate) => (
          <GatePost key={gate.gate.gate} placed={gate} />
        ))}
        {drawn.stages.map((stage) => (
          <Stage key={stage.stage} placed={stage} />
        ))}
        {drawn.tokens.map((token) => (
          <Token key={`${token.token.stage}${token.token.header.id}`} placed={token} />
        ))}
        {drawn.rest.map((rest) => (
          <text key={rest.stage} x={rest.x} y={rest.y + 4} textAnchor="middle" className={styles.stageCount}>
            +{rest.count}
          </text>
        ))}
      </svg>
      <p className={styles.legend}>
        Each token is a service, larger with the value at stake, hatched while its value is not known. Thin lines
        inside: work that went back.
      </p>
    </div>
  );
}
