// @ts-check
// node scripts/pack-fixtures.mjs: packs what official code computed, src/engine/families/fixtures/*/expected.safetensors.
import { packFixtures } from './lib/fixtures.mjs';

packFixtures();
