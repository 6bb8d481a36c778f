namespace Slipway.LocalCloud.Page;

/// <summary>The page's only style sheet and its only script.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --line: #8884; --soft: #8881; --good: #12783c; --bad: #b3261e; --busy: #8a5a00; }
        @media (prefers-color-scheme: dark) { :root { --good: #6fd694; --bad: #ff8a80; --busy: #f2c14e; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 72rem; padding: 1rem; font: 15px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .4rem; } h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
        p { margin: .2rem 0; } code, td, pre { font-family: ui-monospace, monospace; font-size: .85rem; }
        .wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
        td.long { white-space: normal; overflow-wrap: anywhere; min-width: 16rem; } th { font-weight: 600; }
        pre { background: var(--soft); padding: .6rem; overflow: auto; max-height: 24rem; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
        .good { color: var(--good); } .bad { color: var(--bad); } .busy { color: var(--busy); } .none { opacity: .7; }
        """;

    /// <summary>Takes the present content every two seconds; without script the page loads itself anew.</summary>
    public const string Script = """
        setInterval(async () => {
          if (document.hidden || String(getSelection())) return;
          try {
            const answer = await fetch('/', { headers: { accept: 'text/html' } });
            const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
            if (fresh) document.querySelector('main').replaceWith(fresh);
          } catch { document.title = 'LocalCloud (gone)'; }
        }, 2000);
        """;
}
