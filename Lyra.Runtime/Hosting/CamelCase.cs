namespace Lyra.Runtime.Hosting;

/// <summary>The names of .NET members in scripts. The source generator compiles this file, too.</summary>
internal static class CamelCase
{
    /// <summary>A .NET name in camelCase: <c>Id</c> becomes <c>id</c>, <c>URLPath</c> becomes <c>urlPath</c>.</summary>
    public static string Of(string name)
    {
        char[] units = name.ToCharArray();
        for (int i = 0; i < units.Length && char.IsUpper(units[i]); i++)
        {
            // The last capital of several begins the next word.
            if (i > 0 && i + 1 < units.Length && !char.IsUpper(units[i + 1]))
            {
                break;
            }

            units[i] = char.ToLowerInvariant(units[i]);
        }

        return new string(units);
    }
}
