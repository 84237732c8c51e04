using System.Text.RegularExpressions;

namespace RuleService.Model;

/// <summary>The names of tenants and scripts. They are also names of files and queues, so few characters are allowed.</summary>
internal static partial class Names
{
    public const string Rule = "a name has 1 to 63 lower-case letters, digits, '-' and '_', and starts with a letter or digit";

    public static bool IsValid(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,62}\z")]
    private static partial Regex Pattern();
}
