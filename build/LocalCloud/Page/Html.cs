using System.Globalization;
using System.Text.Encodings.Web;

namespace Slipway.LocalCloud.Page;

/// <summary>A piece of a page. What is put into it is encoded, unless it is such a piece itself.</summary>
internal sealed class Html
{
    private readonly string text;

    private Html(string text) => this.text = text;

    public static Html Empty { get; } = new("");

    /// <summary>Markup from an interpolated text: the text is taken as it stands, every value in it is encoded.</summary>
    public static Html Of(FormattableString template) =>
        new(string.Format(CultureInfo.InvariantCulture, template.Format, [.. template.GetArguments().Select(argument => (object)Encode(argument))]));

    /// <summary>A constant of this program that is markup, style or script already.</summary>
    public static Html Trusted(string constant) => new(constant);

    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.text)));

    public override string ToString() => text;

    private static string Encode(object? value) => value switch
    {
        null => "",
        Html html => html.text,
        IEnumerable<Html> pieces => Join(pieces).text,
        IFormattable formattable => HtmlEncoder.Default.Encode(formattable.ToString(null, CultureInfo.InvariantCulture)),
        _ => HtmlEncoder.Default.Encode(value.ToString() ?? ""),
    };
}
