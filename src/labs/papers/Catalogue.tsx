import { useMemo, useState } from 'react';
import type { Paper, Topic } from '../../experiments/paper';
import { papers } from '../../experiments/papers';
import { Icon } from '../../ui/Icon';
import { Segmented } from '../../ui/Segmented';
import styles from './Catalogue.module.css';
import { useLab } from './context';

/** The suggested path through all experiments. */
const TOPICS: readonly { readonly topic: Topic; readonly name: string; readonly about: string }[] = [
  { topic: 'start', name: 'Start here', about: 'What a token is made of.' },
  { topic: 'text tokens', name: 'Tokens of text', about: 'How a text is cut, and what that costs.' },
  { topic: 'picture tokens', name: 'Tokens of pictures', about: 'How a picture becomes a sentence.' },
  { topic: 'shapes', name: 'Shapes and molecules', about: 'Tokens of things that are neither.' },
  { topic: 'inside a model', name: 'Inside a model', about: 'What tokens do once a model reads them.' },
];

const present = TOPICS.filter(({ topic }) => papers.some((paper) => paper.topics[0] === topic));

/** Every experiment as a card, in the order of the suggested path; by topic, and found by words. */
export function Catalogue() {
  const [topic, setTopic] = useState<Topic | 'all'>('all');
  const [words, setWords] = useState('');
  const found = useMemo(() => papers.filter((paper) => matches(paper, words)), [words]);
  const groups = present
    .filter((group) => topic === 'all' || group.topic === topic)
    .map((group) => ({
      ...group,
      papers: found.filter(({ topics }) =>
        topic === 'all' ? topics[0] === group.topic : topics.includes(group.topic),
      ),
    }))
    .filter((group) => group.papers.length > 0);
  const count = groups.reduce((sum, group) => sum + group.papers.length, 0);
  return (
    <div className={styles.catalogue}>
      <header className={styles.intro}>
        <h1>Papers you can try</h1>
        <p>
          Each card is one paper on tokenization. Its method runs here, on your own text, beside what the
          paper claims.
        </p>
      </header>
      <div className={styles.filters}>
        <label className={styles.search}>
          <Icon name="search" size={14} />
          <span className="visually-hidden">Search papers</span>
          <input
            type="search"
            placeholder="Search titles, authors, ideas"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </label>
        {present.length > 1 ? (
          <Segmented
            size="sm"
            label="Topic"
            options={[
              { value: 'all', label: 'All' },
              ...present.map(({ topic: value, name }) => ({ value, label: name })),
            ]}
            value={topic}
            onChange={setTopic}
          />
        ) : null}
        <p className={styles.count} role="status">
          {count === 1 ? '1 experiment' : `${count} experiments`}
        </p>
      </div>
      {groups.map(({ topic: id, name, about, papers: cards }) => (
        <section key={id} aria-labelledby={`topic-${id}`} className={styles.group}>
          <div className={styles.groupHead}>
            <h2 id={`topic-${id}`}>{name}</h2>
            <p>{about}</p>
          </div>
          <ul className={styles.cards}>
            {cards.map((paper) => (
              <Card key={paper.id} paper={paper} />
            ))}
          </ul>
        </section>
      ))}
      {count === 0 ? (
        <p className={styles.nothing}>
          No paper has “{words}” in its title, authors or summary. Try another word, such as “merges” or
          “bytes”.
        </p>
      ) : null}
    </div>
  );
}

function Card({ paper }: { readonly paper: Paper }) {
  const { session } = useLab();
  const { id, title, origin, summary, preview } = paper;
  return (
    <li className={styles.card}>
      <Thumbnail id={id} />
      <div className={styles.words}>
        <h3>
          <a
            href={`#papers/${id}`}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              void session.open(id);
            }}
          >
            {title}
          </a>
        </h3>
        <p className={styles.by}>
          {origin.kind === 'paper' ? `${origin.authors}, ${origin.year}` : 'This project'}
          {preview ? <span className={styles.tag}>preview</span> : null}
        </p>
        <p className={styles.summary}>{summary}</p>
      </div>
    </li>
  );
}

/** The picture that the experiment draws of its sample, as a script took it, in both themes. */
function Thumbnail({ id }: { readonly id: string }) {
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return null;
  return (
    <span className={styles.thumbnail} aria-hidden="true">
      {(['light', 'dark'] as const).map((theme) => (
        <img
          key={theme}
          className={styles[theme]}
          src={`papers/${id}-${theme}.webp`}
          alt=""
          width={360}
          height={180}
          loading="lazy"
          decoding="async"
          onError={() => setMissing(true)}
        />
      ))}
    </span>
  );
}

/** Whether every word is somewhere in what the card says. */
function matches({ title, summary, origin, topics, claims }: Paper, words: string): boolean {
  const all = [title, summary, ...topics, ...claims.map(({ text }) => text)];
  if (origin.kind === 'paper')
    all.push(origin.authors, origin.venue, String(origin.year), origin.arxiv ?? '');
  const text = all.join(' ').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
