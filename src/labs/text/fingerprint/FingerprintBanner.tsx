import { useEffect, useMemo, useState } from 'react';
import { crc32 } from '../../../core/crc32';
import { isAborted, toWireError } from '../../../core/errors';
import type { Json } from '../../../core/link/json';
import { firstUnexpected } from '../../../core/text/fingerprint';
import { Button } from '../../../ui/Button';
import { formatInteger } from '../../../ui/format';
import { Notice } from '../../../ui/Notice';
import { useColumn, useLab, useOwnTokenizers, useTextState } from '../context';
import { labTokenizer, sourceOf } from '../lab-tokenizers';
import { FINGERPRINT, readExpected } from './expected';

/** Whether a tokenizer gives the ids that the link expects. */
export function FingerprintBanner({ raw }: { readonly raw: Json }) {
  const lab = useLab();
  const expected = useMemo(() => readExpected(raw), [raw]);
  const document = useTextState((state) => state.document);
  const own = useOwnTokenizers();
  const column = useColumn(expected?.tokenizer ?? '');
  const isSameText = useMemo(() => crc32(document.bytes) === expected?.crc, [document.bytes, expected]);
  const ids = column?.result?.document === document ? column.result.segmentation.tokens.ids : undefined;
  const vocabulary = useVocabularyHash(expected?.tokenizer, ids !== undefined);
  const dismiss = () => lab.panes.set(FINGERPRINT, undefined);
  if (!expected) {
    return (
      <Notice tone="warning" title="The fingerprint of this link cannot be read." onDismiss={dismiss}>
        Ask for the link again.
      </Notice>
    );
  }
  const { tokenizer } = expected;
  const entry = labTokenizer(tokenizer, own);
  const name = entry?.label ?? tokenizer;
  if (!isSameText) {
    return (
      <Notice tone="info" title="The text is not the fingerprint’s any more." onDismiss={dismiss}>
        It was taken of another text with {name}. Back, or Undo in the text, brings that one back.
      </Notice>
    );
  }
  if (!entry || entry.isMissing || !column) {
    return (
      <Notice
        tone="warning"
        title={
          entry?.isMissing
            ? `The fingerprint is of ${name}, whose file is not here.`
            : `The fingerprint is of ${name}.`
        }
        actions={
          entry && !column ? (
            <Button size="sm" onClick={() => lab.columns.add(tokenizer)}>
              Add {name}
            </Button>
          ) : null
        }
        onDismiss={dismiss}
      >
        {entry?.isMissing
          ? 'Open the file to check it.'
          : entry
            ? null
            : 'This version of the page has no such tokenizer.'}
      </Notice>
    );
  }
  if (!ids) return null;
  const first = firstUnexpected(expected.ids, ids);
  const total = formatInteger(expected.ids.length);
  if (first >= 0) {
    const wanted = expected.ids[first];
    const found = ids[first];
    return (
      <Notice
        tone="error"
        title={`${name} gives other ids than expected, from token ${formatInteger(first + 1)} of ${total} on.`}
        onDismiss={dismiss}
      >
        Expected {wanted === undefined ? 'no further token' : wanted}, got{' '}
        {found === undefined ? 'no further token' : found}. Special tokens may be set otherwise, or the
        tokenizer’s file may have changed.
      </Notice>
    );
  }
  if (vocabulary.kind === 'busy') return null;
  if (
    vocabulary.kind === 'failed' ||
    (expected.vocabulary !== '' && vocabulary.sha256 !== expected.vocabulary)
  ) {
    return (
      <Notice
        tone="warning"
        title={`These ids are what ${name} gives: ${total} of ${total}.`}
        onDismiss={dismiss}
      >
        {vocabulary.kind === 'failed'
          ? `Its vocabulary could not be checked: ${vocabulary.message}`
          : 'But its vocabulary is not the one of the fingerprint: other texts may differ.'}
      </Notice>
    );
  }
  return (
    <Notice tone="done" title={`These ids are what ${name} gives: ${total} of ${total}.`} onDismiss={dismiss}>
      {expected.vocabulary === '' ? null : 'Its vocabulary is the same as well.'}
    </Notice>
  );
}

type Hash =
  | { readonly kind: 'busy' }
  | { readonly kind: 'done'; readonly sha256: string }
  | { readonly kind: 'failed'; readonly message: string };

/** The vocabulary's sha256, once there are tokens. */
function useVocabularyHash(id: string | undefined, isReady: boolean): Hash {
  const lab = useLab();
  const [hash, setHash] = useState<Hash>({ kind: 'busy' });
  useEffect(() => {
    if (id === undefined || !isReady) return;
    const controller = new AbortController();
    const { signal } = controller;
    const ask = async () => {
      try {
        const spec = await sourceOf(id, lab.own);
        if (!spec) return;
        const tokenizer = { id, label: id, spec };
        const listing = await lab.segmenter.check('listVocabulary', { tokenizer }, { signal });
        setHash({ kind: 'done', sha256: listing?.sha256 ?? '' });
      } catch (error) {
        if (!isAborted(error)) setHash({ kind: 'failed', message: toWireError(error).message });
      }
    };
    void ask();
    return () => controller.abort();
  }, [lab, id, isReady]);
  return hash;
}
