using Lyra.Tests.Harness;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>The tests that share the servers.</summary>
[CollectionDefinition(Servers.Collection)]
public sealed class ServerCollection : ICollectionFixture<ServerProcesses>;
