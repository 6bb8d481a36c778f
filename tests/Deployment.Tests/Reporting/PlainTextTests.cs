using CsCheck;
using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Tests.Reporting;

public sealed class PlainTextTests
{
    [TestCase("plain", "plain")]
    [TestCase("two\nlines\r\n", "two lines")]
    [TestCase("\u001b[31mred\u001b[0m", "[31mred[0m")]
    [TestCase("tab\there", "tab here")]
    [TestCase("bidi \u202Eevil", "bidi evil")]
    [TestCase("bell\u0007", "bell")]
    [TestCase("", "")]
    public void Text_from_elsewhere_becomes_one_harmless_line(string text, string expected) =>
        Assert.That(PlainText.Of(text), Is.EqualTo(expected));

    [Test]
    public void A_long_text_is_cut_and_says_so()
    {
        var cut = PlainText.Of(new string('x', 100), 10);

        Assert.That(cut, Is.EqualTo("xxxxxxxxxx…"));
    }

    [Test]
    public void No_text_keeps_a_control_character_or_grows() =>
        Gen.String.Sample(text =>
        {
            var plain = PlainText.Of(text, 50);
            return !plain.Any(char.IsControl) && plain.Length <= 51;
        });
}
