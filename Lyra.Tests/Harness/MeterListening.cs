using Xunit;

namespace Lyra.Tests.Harness;

/// <summary>
/// The tests that listen to meters. While one does, every run of the process is timed, which allocates; so they run when no test counts
/// allocated bytes.
/// </summary>
[CollectionDefinition(Collection, DisableParallelization = true)]
public sealed class MeterListening
{
    public const string Collection = "listens to meters";
}
