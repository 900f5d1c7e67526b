/// How the page of a run looks, by day and by night.
enum HTMLStyle {
    static let css = """

        :root { color-scheme: light dark; --text: #1f2328; --soft: #656d76; --line: #d8dee4;
          --back: #ffffff; --code: #f6f8fa; --good: #1a7f37; --bad: #cf222e; --badsoft: #ffebe9;
          --link: #0969da; }
        @media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #8d96a0;
          --line: #30363d; --back: #0d1117; --code: #161b22; --good: #3fb950; --bad: #f85149;
          --badsoft: #30171a; --link: #4493f8; } }
        body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: var(--text);
          background: var(--back); font: 16px/1.5 system-ui, sans-serif; }
        a { color: var(--link); }
        pre, code { font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
        pre { margin: 0; padding: .5rem .75rem; overflow-x: auto; white-space: pre-wrap;
          overflow-wrap: anywhere; }
        table { border-collapse: collapse; }
        th, td { padding: .25rem .75rem; border-bottom: 1px solid var(--line); text-align: left; }
        .run { width: 100%; margin-bottom: 2rem; }
        .run .number { text-align: right; font-variant-numeric: tabular-nums; }
        .badge { padding: .1rem .6rem; border-radius: 1rem; border: 1px solid; font-size: .85rem; }
        .badge.passed { color: var(--good); } .badge.failed { color: var(--bad); }
        h1.path { margin-top: 3rem; padding-bottom: .3rem; border-bottom: 2px solid var(--line);
          font: 600 1rem ui-monospace, monospace; color: var(--soft); }
        .markdown pre { background: var(--code); border-radius: .4rem; }
        .markdown img, .output img, .output svg { max-width: 100%; height: auto; }
        .code { display: flex; gap: .5rem; margin: 1rem 0; }
        .code.bad { border-left: 3px solid var(--bad); padding-left: .5rem; }
        .prompt { min-width: 2.5rem; padding-top: .5rem; text-align: right; color: var(--soft);
          font: 12px ui-monospace, monospace; }
        .body { flex: 1; min-width: 0; }
        .source { background: var(--code); border: 1px solid var(--line); border-radius: .4rem; }
        .raw { color: var(--soft); }
        .output { padding: .5rem .75rem; overflow-x: auto; }
        .output pre { padding: 0; }
        .output img { image-rendering: auto; background: #ffffff; }
        .stderr { background: var(--badsoft); border-radius: .4rem; }
        .error, pre.note { background: var(--badsoft); border-radius: .4rem; margin-top: .4rem; }
        div.note { color: var(--soft); font-size: .85rem; padding: .25rem .75rem; }
        @media print { .code { break-inside: avoid; } }

        """
}
