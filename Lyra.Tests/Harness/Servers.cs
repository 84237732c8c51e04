
namespace Lyra.Tests.Harness;

/// <summary>
/// Marks tests that need PostgreSQL and RabbitMQ, which they start and stop themselves. They also have the category of the sweeps, so the
/// test command of the README excludes them. <c>tools/check.sh</c> runs them if the service has changed.
/// </summary>
internal static class Servers
{
    public const string Name = "Servers";

    /// <summary>The collection of these tests, which share the servers.</summary>
    public const string Collection = "Servers";
}
