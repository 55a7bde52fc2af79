using System.Net;
using System.Text;

namespace Microsoft.ML.Adversarial;

/// <summary>One HTML page that needs nothing else: no script, no picture, no font from elsewhere. It follows the reader's choice of light or dark.</summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder _html;

    public HtmlPage(string title)
    {
        _html = new StringBuilder($$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/><title>{{Text(title)}}</title><style>
            :root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #d8dde4; --back: #ffffff; --card: #f5f7fa; --c0: #1f6fb4; --c1: #d0382b; --c2: #2b8a4b; --c3: #7d55b0; --c4: #c77700 }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #a0a9b6; --line: #3a424e; --back: #171b21; --card: #20262e; --c0: #6db1ec; --c1: #f07a6e; --c2: #66c287; --c3: #b794e6; --c4: #eda94b } }
            body { font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; margin: 2em auto; padding: 0 1.5em; max-width: 72em; color: var(--ink); background: var(--back) }
            h1 { font-size: 1.6em; margin: 0 0 .4em } h2 { font-size: 1.15em; margin: 2em 0 .5em } .note { color: var(--soft); max-width: 60em }
            .wide { overflow-x: auto } table { border-collapse: collapse; font-variant-numeric: tabular-nums } th, td { padding: .3em .8em; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top } th { color: var(--soft); font-weight: 600 }
            th:first-child, td:first-child, td.text, th.text { text-align: left } td:first-child { white-space: nowrap } td.failed { text-align: left; color: var(--c1) } td.text { overflow-wrap: anywhere }
            .cards { display: flex; flex-wrap: wrap; gap: .8em; margin: 1em 0 } .card { background: var(--card); border-radius: .5em; padding: .6em 1em; min-width: 7em } .card b { display: block; font-size: 1.35em; font-weight: 600 } .card span { color: var(--soft); font-size: .9em }
            .charts { display: flex; flex-wrap: wrap; gap: 1.2em 2em; align-items: flex-start } figure { margin: 0 } figcaption { font-weight: 600; margin-bottom: .2em }
            svg text { font-size: 12px; fill: var(--soft) } svg .frame { fill: none; stroke: var(--line) } svg .grid { stroke: var(--line); stroke-dasharray: 2 3 } svg .mark { stroke: var(--ink); stroke-dasharray: 5 3 } svg text.ink { fill: var(--ink) }

            """);
        for (int i = 0; i < Chart.Colours; i++)
            _html.Append($"svg .s{i} {{ fill: none; stroke: var(--c{i}); stroke-width: 1.8; stroke-linejoin: round }} svg .f{i} {{ fill: var(--c{i}) }} svg text.t{i} {{ fill: var(--c{i}) }}\n");
        _html.Append($"</style></head><body>\n<h1>{Text(title)}</h1>\n");
    }

    /// <summary>A text as HTML has it; characters that no page may hold are left out.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(string.Concat(text.Where(c => c is '\t' or '\n' || !(char.IsControl(c) || c is '\ufffe' or '\uffff'))));

    public void Heading(string text) => _html.Append($"<h2>{Text(text)}</h2>\n");

    public void Paragraph(string text) => _html.Append($"<p>{Text(text)}</p>\n");

    public void Note(string text) => _html.Append($"<p class=\"note\">{Text(text)}</p>\n");

    /// <summary>Figures that are looked at first.</summary>
    public void Cards(IEnumerable<(string Name, string Value)> cards)
    {
        _html.Append("<div class=\"cards\">");
        foreach ((string name, string value) in cards)
            _html.Append($"<div class=\"card\"><b>{Text(value)}</b><span>{Text(name)}</span></div>");
        _html.Append("</div>\n");
    }

    /// <summary>A table.</summary>
    /// <param name="header">Its columns; none for a table without a header.</param>
    /// <param name="rows">Cells of its rows; a row of two where there are more columns tells in the second why there are no others.</param>
    /// <param name="isText">Whether all columns are texts, and stand left.</param>
    public void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows, bool isText = false)
    {
        string kind = isText ? " class=\"text\"" : "";
        _html.Append("<div class=\"wide\"><table>\n");
        if (header.Count > 0)
            _html.Append("<tr>").AppendJoin("", header.Select(name => $"<th{kind}>{Text(name)}</th>")).Append("</tr>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            if (row.Count == 2 && header.Count > 2)
                _html.Append($"<tr><td>{Text(row[0])}</td><td class=\"failed\" colspan=\"{header.Count - 1}\">{Text(row[1])}</td></tr>\n");
            else
                _html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td{kind}>{Text(cell)}</td>")).Append("</tr>\n");
        }

        _html.Append("</table></div>\n");
    }

    /// <summary>Charts beside each other, as far as there is room.</summary>
    public void Charts(params IEnumerable<string> charts) => _html.Append("<div class=\"charts\">\n").AppendJoin("", charts).Append("</div>\n");

    /// <summary>The page.</summary>
    public string End() => _html.Append("</body></html>\n").ToString();
}
