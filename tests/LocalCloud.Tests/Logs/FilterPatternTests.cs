using Slipway.LocalCloud.Logs;

namespace Slipway.LocalCloud.Tests.Logs;

internal sealed class FilterPatternTests
{
    [TestCase("", "anything", true)]
    [TestCase("  ", "anything", true)]
    [TestCase("ERROR", "[ERROR 400] bad", true)]
    [TestCase("ERROR", "[error 400] bad", false)]
    [TestCase("ERROR bad", "[ERROR 400] bad", true)]
    [TestCase("ERROR good", "[ERROR 400] bad", false)]
    [TestCase("\"400] bad\"", "[ERROR 400] bad", true)]
    [TestCase("\"bad ERROR\"", "[ERROR 400] bad", false)]
    [TestCase("\"a \\\"b\\\"\"", "say a \"b\"", true)]
    [TestCase("ERROR -400", "[ERROR 400] bad", false)]
    [TestCase("ERROR -500", "[ERROR 400] bad", true)]
    [TestCase("-\"ERROR 400\"", "[ERROR 400] bad", false)]
    [TestCase("?ERROR ?WARN", "WARN slow", true)]
    [TestCase("?ERROR ?WARN", "INFO fine", false)]
    [TestCase("?\"a b\" ?c", "x a b", true)]
    [TestCase("?ERROR INFO", "INFO fine", true)]
    public void A_pattern_matches_as_in_CloudWatch(string pattern, string message, bool matches) =>
        Assert.That(FilterPattern.Parse(pattern).Matches(message), Is.EqualTo(matches));

    [TestCase("{ $.level = \"error\" }")]
    [TestCase("[ip, user]")]
    [TestCase("%4[0-9]{2}%")]
    [TestCase("\"open")]
    [TestCase("\"\"")]
    [TestCase("-")]
    [TestCase("? a")]
    public void A_pattern_that_is_not_of_plain_terms_is_refused(string pattern) =>
        Assert.That(() => FilterPattern.Parse(pattern), Throws.TypeOf<FormatException>());
}
