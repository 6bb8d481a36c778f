using System.Text;

namespace Slipway.Deployment.TaskDefinitions.Comparison;

/// <summary>The place that a comparison is at. Few places differ: only theirs are written out.</summary>
internal sealed class DifferencePath
{
    private readonly List<(string Text, bool IsKey)> steps = [];

    /// <summary>Whether the place is the document itself.</summary>
    public bool IsRoot => steps.Count == 0;

    public void EnterMember(string name) => steps.Add((name, false));

    /// <param name="key">What tells the entry of a list apart.</param>
    public void EnterEntry(string key) => steps.Add((key, true));

    public void Leave() => steps.RemoveAt(steps.Count - 1);

    /// <summary>"containerDefinitions[stream-ml-service].environment[LOG_LEVEL]".</summary>
    public override string ToString()
    {
        var path = new StringBuilder();
        foreach (var (text, isKey) in steps)
        {
            if (isKey) path.Append('[').Append(text).Append(']');
            else if (path.Length == 0) path.Append(text);
            else path.Append('.').Append(text);
        }

        return path.ToString();
    }
}
