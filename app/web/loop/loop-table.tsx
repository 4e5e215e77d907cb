import { formatNumber } from '../../../core/ui/format.ts';
import { Waited } from '../../../core/ui/when.tsx';
import { Go } from '../../../core/ui/go.tsx';
import { usePathOf, useRegistry } from '../../../core/ui/registry.ts';
import { StageMark, stageLabels } from '../../../core/ui/stage.tsx';
import { StateWord } from '../../../core/ui/tone.tsx';
import type { LoopView } from './layout.ts';
import styles from './loop.module.css';
import { lookup } from '../../../core/names/lookup.ts';

const sides = lookup({ B: 'Business', P: 'Provider' } as const);

/** Everything that the picture shows, as rows. */
export function LoopTable({ loop }: { loop: LoopView }) {
  return (
    <div className={styles.tables}>
      <Services stages={loop.stages} />
      <Gates gates={loop.gates} />
      <WentBack edges={loop.backEdges} />
    </div>
  );
}

function Services({ stages }: Pick<LoopView, 'stages'>) {
  const pathOf = usePathOf();
  const { definitions } = useRegistry();
  return (
    <section aria-labelledby="services">
      <h2 id="services">Services</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">Service</th>
            <th scope="col">State</th>
            <th scope="col" className={styles.right}>
              Value at stake
            </th>
          </tr>
        </thead>
        <tbody>
          {stages.flatMap(({ stage, services }) =>
            services.map(({ header, status, value }) => (
              <tr key={header.id}>
                <td>
                  <StageMark stage={stage} named size={12} />
                </td>
                <td>
                  <Go to={pathOf(header)}>
                    {header.ref} {header.title}
                  </Go>
                </td>
                <td>
                  <StateWord
                    lifecycle={definitions.find((each) => each.type === header.type)?.lifecycle}
                    state={status}
                  />
                </td>
                <td className={styles.right}>
                  {value === null ? <span className="quiet">not known</span> : formatNumber(value)}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </section>
  );
}

function Gates({ gates }: Pick<LoopView, 'gates'>) {
  return (
    <section aria-labelledby="gates">
      <h2 id="gates">Gates</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Gate</th>
            <th scope="col">Side</th>
            <th scope="col" className={styles.right}>
              Waiting
            </th>
            <th scope="col">Oldest</th>
          </tr>
        </thead>
        <tbody>
          {gates.map((gate) => (
            <tr key={gate.gate}>
              <td>
                {gate.gate} {gate.label}
              </td>
              <td>{sides[gate.side]}</td>
              <td className={styles.right}>{gate.waiting}</td>
              <td>{gate.oldestSince ? <Waited since={gate.oldestSince} /> : <span className="quiet">–</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function WentBack({ edges }: { edges: LoopView['backEdges'] }) {
  return (
    <section aria-labelledby="back">
      <h2 id="back">Work that went back</h2>
      {edges.length === 0 ? (
        <p className="quiet">None so far.</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col" className={styles.right}>
                Times
              </th>
            </tr>
          </thead>
          <tbody>
            {edges.map((edge) => (
              <tr key={`${edge.from}${edge.to}`}>
                <td>{stageLabels[edge.from]}</td>
                <td>{stageLabels[edge.to]}</td>
                <td className={styles.right}>{edge.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
