using System.Globalization;

namespace StreamMlService.Tests.Support;

/// <summary>A table that Models/Reference/make.py computed.</summary>
internal static class ReferenceTable
{
    public static IReadOnlyList<IReadOnlyList<double?>> Read(string name)
    {
        using var stream = typeof(ReferenceTable).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Skip(1).Select(line => (IReadOnlyList<double?>)[.. line.Split(',').Select(Cell)])];
    }

    private static double? Cell(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);
}
