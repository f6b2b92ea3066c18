import { signal } from './signal';

/** The token (from 0) that is pointed at, or null: then the last kept one is described. */
export const inspected = signal<number | null>(null);

/** Whether all ids stand in lines instead of running by. */
export const showAll = signal(false);
