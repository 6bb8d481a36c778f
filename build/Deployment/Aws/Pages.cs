namespace Slipway.Deployment.Aws;

/// <summary>Lists that AWS gives page by page.</summary>
internal static class Pages
{
    /// <summary>The items of all pages, each page asked for when it is wanted. One that names itself as the next is the last.</summary>
    /// <param name="ask">Gets the page that a token names; null: the first.</param>
    /// <param name="most">How many pages are read.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(Func<string?, Task<(List<T>? Items, string? Next)>> ask, int most = int.MaxValue)
    {
        string? token = null;
        for (var page = 0; page < most; page++)
        {
            var (items, next) = await ask(token);
            foreach (var item in items ?? []) yield return item;
            if (string.IsNullOrEmpty(next) || next == token) yield break;
            token = next;
        }
    }
}
