using System.Text;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>Looks for secrets in texts and files: as they are, in a URL, and in Base64, whatever stands before them.</summary>
internal sealed class SecretSearch
{
    private readonly List<(string Name, byte[] Pattern)> _patterns = [];

    public void Add(string name, string secret)
    {
        Assert.That(secret, Has.Length.GreaterThan(15), $"'{name}' is too short to be told from other texts");
        Add(name, Encoding.UTF8.GetBytes(secret));
        Add($"{name}, escaped", Encoding.UTF8.GetBytes(Uri.EscapeDataString(secret)));
        for (var shift = 0; shift < 3; shift++)
        {
            // Without the characters that depend on what stands around it.
            var whole = Convert.ToBase64String([.. new byte[shift], .. Encoding.UTF8.GetBytes(secret)]);
            Add($"{name}, Base64", Encoding.UTF8.GetBytes(whole.TrimEnd('=')[(shift == 0 ? 0 : 4)..^2]));
        }
    }

    public IEnumerable<string> In(string where, string text) => In(where, Encoding.UTF8.GetBytes(text));

    /// <summary>Which secrets occur in the files of a folder, each with its place.</summary>
    public IEnumerable<string> InFolder(string folder, Func<string, bool> isSearched) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => (Path: file, Name: Path.GetRelativePath(folder, file).Replace('\\', '/')))
        .Where(file => isSearched(file.Name))
        .SelectMany(file => In(file.Name, File.ReadAllBytes(file.Path)));

    private IEnumerable<string> In(string where, byte[] bytes) =>
        _patterns.Where(known => bytes.AsSpan().IndexOf(known.Pattern) >= 0).Select(known => $"{known.Name} in {where}");

    private void Add(string name, byte[] pattern)
    {
        if (!_patterns.Exists(known => known.Pattern.AsSpan().SequenceEqual(pattern))) _patterns.Add((name, pattern));
    }
}
