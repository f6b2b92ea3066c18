import type { BackendChoice } from '../engine/host/backend';
import { Choice } from '../ui/Choice';
import { Popover } from '../ui/Popover';
import styles from './BackendBadge.module.css';
import { useSettings, useShell } from './shell-context';

const NAMES = { webgpu: 'WebGPU', wasm: 'WASM' } as const;

const OPTIONS = [
  { value: 'auto', label: 'Automatic', detail: 'WebGPU where it works, else WASM' },
  { value: 'webgpu', label: 'WebGPU', detail: 'Runs on the graphics processor' },
  { value: 'wasm', label: 'WASM', detail: 'Runs on the processor, everywhere' },
] as const satisfies readonly { value: BackendChoice; label: string; detail: string }[];

/** Where image models run, why, and a switch. */
export function BackendBadge() {
  const { settings } = useShell().host;
  const report = useSettings((state) => state.report);
  const choice = useSettings((state) => state.backend);
  const name = report ? NAMES[report.backend] : choice === 'auto' ? 'Auto' : NAMES[choice];
  return (
    <Popover
      label="Backend"
      trigger={{
        variant: 'quiet',
        'aria-label': `Backend: ${name}`,
        className: styles.badge,
        icon: <span className={styles.dot} data-backend={report?.backend ?? 'none'} aria-hidden="true" />,
        children: <span className={styles.label}>{name}</span>,
      }}
    >
      <div className={styles.panel}>
        <p className={styles.reason}>{report ? report.reason : 'No image model has been opened yet.'}</p>
        <Choice
          legend="Run image models on"
          options={OPTIONS}
          value={choice}
          onChange={(backend) => settings.setState({ backend })}
        />
      </div>
    </Popover>
  );
}
