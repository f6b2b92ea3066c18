import { Component, type ReactNode } from 'react';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';

interface Props {
  /** What stopped, for the message: "The image lab". */
  readonly name: string;
  /** What to do where trying again does not help. */
  readonly hint?: string;
  readonly children: ReactNode;
}

/** Catches what a view throws while rendering. The address bar still holds the experiment, so a retry loses nothing. */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { name, hint, children } = this.props;
    if (!error) return children;
    return (
      <Notice
        tone="error"
        title={`${name} stopped: ${error.message}`}
        actions={<Button onClick={() => this.setState({ error: null })}>Try again</Button>}
      >
        {hint ??
          'Your experiment is still in the address bar. If trying again does not help, reload the page.'}
      </Notice>
    );
  }
}
