/** A kind of expression that the tokenizers were made for. */
export type TermKind = 'legal' | 'financial';

export interface FoundTerm {
  readonly kind: TermKind;
  /** As it is written where it is first. */
  readonly text: string;
  readonly count: number;
}

/** Our own lists, singular: words and phrases of statutes, contracts, judgments, and of markets, banks and accounts. */
const LEGAL = `abrogate|adjudication|affidavit|aforementioned|amicus curiae|antitrust|appellant|appellate|appellee|arbitration|
arraignment|attorney’s fee|automatic stay|bankruptcy|bankruptcy court|bona fide|breach of contract|bylaw|case law|cause of action|certiorari|
civil action|codefendant|common law|consideration|contractual right|copyright|counterclaim|covenant|damages|declaratory judgment|de novo|debtor|defendant|
deposition|due process|easement|encumbrance|estoppel|force majeure|foreclosure|governing law|habeas corpus|hereby|herein|hereinafter|
hereof|hereto|hereunder|indemnification|indemnify|indemnity|injunction|injunctive relief|inter alia|jurisdiction|lessee|lessor|liability|
licensee|licensor|lien|liquidation|litigation|mutatis mutandis|negligence|notwithstanding|obligor|paternity|perjury|petition|petitioner|plaintiff|
power of attorney|preemption|preliminary injunction|prima facie|pro rata|promissory note|pursuant to|quid pro quo|recklessness|
relief|res judicata|respondent|setoff|severability|stare decisis|statute|statute of limitations|statutory damages|stipulation|subpoena|subparagraph|
subrogation|subsection|subtitle|summary judgment|tax court|thereof|thereto|tort|tortious interference|trademark|trustee|unconscionable|venue|vis-à-vis|
waiver|warrant|whereas|without prejudice|witness`;
const FINANCIAL = `accounts payable|accounts receivable|accrual|accrued interest|agency debt|amortization|annuity|arbitrage|asset-backed|
asset-backed security|balance sheet|bank holding company|basis point|bear market|bid rate|broker-dealer|business investment|capital adequacy|capital expenditure|capital gain|
cash flow|clearing agency|clearing organization|collateral|collateralized|commercial paper|commodity|common stock|contract market|convertible note|coupon|credit default swap|
creditor|debenture|debt service|default|depository institution|depreciation|derivative|derivatives|dilution|discount rate|discount window|dividend|due diligence|
earnings per share|EBITDA|equity|escrow|exchange-traded fund|federal funds rate|fiduciary|fiscal policy|fixed income|forward contract|
GAAP|goodwill|hedge fund|hedging|IFRS|impairment|inflation|inflation expectations|initial public offering|insolvency|intangible asset|interest rate|
labor market|leverage|leveraged buyout|LIBOR|liquidity|margin call|market capitalization|maturity|monetary policy|mortgage|mortgage-backed|
mortgage-backed securities|municipal bond|mutual fund|net asset value|net income|net present value|open market operation|operating income|per annum|policy accommodation|preferred stock|primary dealer|
principal payment|private equity|prospectus|receivable|refinancing|reinvesting|repurchase agreement|reserve requirement|retained earnings|revenue|
securities|securities association|securities exchange|securitization|security|settlement|shareholder|SOFR|solvency|subordinated|swap agreement|syndicated loan|tender offer|
Treasury securities|tranche|unemployment rate|underwriter|underwriting|volatility|working capital|yield curve`;

// Marks of statutes: "§ 362", "11 U.S.C. § 362(a)", "section 365(e)(1)", "(a)(1)(A)".
const CITATION = String.raw`(?:\d+ (?:U\.S\.C\.|C\.F\.R\.|U\.S\.|F\.[23]d|S\. ?Ct\.)(?: ?§{0,2} ?\d+[a-z]?)?|§{1,2} ?\d+[a-z]?|sections? \d+[a-z]?)(?:\([\dA-Za-z]{1,4}\))*|(?:\([\dA-Za-z]{1,4}\)){2,}`;

/**
 * The terms in a text, each once, in the order of their first places; the longest where several begin at the same
 * place. Letters' case makes no difference, and a plural s is part of the term.
 */
export function findTerms(text: string): FoundTerm[] {
  const kinds = new Map<string, TermKind>();
  for (const [kind, list] of [
    ['legal', LEGAL],
    ['financial', FINANCIAL],
  ] as const) {
    for (const term of list.split(/\|\n?/)) kinds.set(normal(term), kind);
  }
  const words = [...kinds.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(
    String.raw`(?<![\p{L}\p{N}§])(?:(${CITATION})|(${words.join('|')})(?:e?s)?(?![\p{L}\p{N}]))`,
    'giu',
  );
  const found = new Map<string, { kind: TermKind; text: string; count: number }>();
  for (const [whole, citation, word] of text.matchAll(pattern)) {
    const key = normal(whole);
    const known = found.get(key);
    if (known) known.count++;
    else found.set(key, { kind: citation ? 'legal' : kinds.get(normal(word!))!, text: whole, count: 1 });
  }
  return [...found.values()];
}

function normal(term: string): string {
  return term.toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ').trim();
}

function escaped(term: string): string {
  return term
    .replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("'", "['’]")
    .replaceAll(' ', String.raw`\s+`);
}
