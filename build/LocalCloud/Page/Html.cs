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
    public static Html Of(FormattableString template) => new(string.Format(Encoder.Instance, template.Format, template.GetArguments()));

    /// <summary>A constant of this program that is markup, style or script already.</summary>
    public static Html Trusted(string constant) => new(constant);

    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.text)));

    public override string ToString() => text;

    /// <summary>Formats every value as its place in the template asks, then encodes it.</summary>
    private sealed class Encoder : IFormatProvider, ICustomFormatter
    {
        public static Encoder Instance { get; } = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            null => "",
            Html html => html.text,
            IEnumerable<Html> pieces => Join(pieces).text,
            IFormattable formattable => HtmlEncoder.Default.Encode(formattable.ToString(format, CultureInfo.InvariantCulture)),
            _ => HtmlEncoder.Default.Encode(arg.ToString() ?? ""),
        };
    }
}
