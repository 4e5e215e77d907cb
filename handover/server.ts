import type { StageServer } from '../core/http/stage.ts';
import { handOver } from './hand-over/commands.ts';
import { servicePackageHandOver } from './service-package/record.ts';

/** The hand-overs between the stages. */
export const handOverServer: StageServer = { records: [handOver(servicePackageHandOver)] };
