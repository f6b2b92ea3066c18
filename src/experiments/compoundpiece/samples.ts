import type { ExperimentSample } from '../experiment';

/** Words of each language; | marks where their parts meet, for those who want to know whether a tokenizer crosses it. */
const LISTS = [
  {
    id: 'compounds-de',
    label: 'German words',
    text: 'Wort|schatz Hand|schuh Kühl|schrank|tür Straßen|bahn|halte|stelle Arbeits|zeit|gesetz Donau|dampf|schiff|fahrt Kinder|garten|platz Fahr|rad|reparatur Wetter|vor|hersage Bundes|kanzler|amt Gesundheits|versicherung Stau|becken Wach|stube',
  },
  {
    id: 'compounds-nl',
    label: 'Dutch words',
    text: 'woorden|schat hand|schoen koel|kast|deur zieken|huis|opname arbeids|ongeschiktheids|verzekering voet|bal|wed|strijd minister|raad regen|jas trein|station kinder|op|vang',
  },
  {
    id: 'compounds-sv',
    label: 'Swedish words',
    text: 'ord|för|råd hand|ske kyl|skåps|dörr sjuk|hus|personal arbets|lös|hets|kassa fot|bolls|match järn|vägs|station barn|trädgård regn|kläder',
  },
  {
    id: 'compounds-da',
    label: 'Danish words',
    text: 'ord|for|råd hand|ske køle|skabs|dør syge|hus|personale arbejds|løs|heds|kasse fod|bold|kamp jern|bane|station børne|have regn|tøj',
  },
  {
    id: 'compounds-fi',
    label: 'Finnish words',
    text: 'sana|varasto jää|kaappi sairaan|hoitaja rauta|tie|asema jalka|pallo|ottelu työ|voima|toimisto lumi|ukko sade|takki kirja|hylly',
  },
  {
    id: 'compounds-en',
    label: 'English words',
    text: 'bread|winner snow|flake lawn|mower sun|flower|seed book|shelf rain|coat foot|ball rail|way house|keeper thunder|storm',
  },
] as const;

export const samples: readonly ExperimentSample[] = LISTS.map(({ id, label, text }) => ({
  id,
  label,
  load: async () => text,
}));
