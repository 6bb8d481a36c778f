using Slipway.Deployment.Reporting;

namespace Slipway.Build.Tests.Documentation.Access;

/// <summary>Hears what nobody reads: a page shows how a run ends.</summary>
internal sealed class NoReport : IReport
{
    public void Fact(string text)
    {
    }

    public void Detail(string text)
    {
    }

    public void Warning(string text)
    {
    }

    public void Progress(string text)
    {
    }

    public void Line(string source, string text)
    {
    }
}
