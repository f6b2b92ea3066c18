// @ts-check
// node scripts/pack-fixtures.mjs: packs what make.py of src/engine/families/fixtures wrote.
import { packFixtures } from './lib/fixtures.mjs';

packFixtures();
