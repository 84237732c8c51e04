
namespace Lyra.Tests.Harness;

/// <summary>
/// Marks tests that repeat others over many programs, modes or seeds. The test command of the README excludes them, because they take
/// several times as long as all others together. <c>.ci/run</c> runs both: <c>dotnet test --filter Category=Sweep</c>.
/// </summary>
internal static class Sweep
{
    public const string Category = "Category";

    public const string Name = "Sweep";
}
