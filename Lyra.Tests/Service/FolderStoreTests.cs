using System;
using System.IO;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using RuleService.Store;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>The store in a folder.</summary>
public sealed class FolderStoreTests : RuleStoreTests, IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task Folder_belongs_to_one_process() =>
        (await Should.ThrowAsync<IOException>(() => Task.Run(() => new FolderStore(_folder.Path)))).Message.ShouldContain("lock");

    public void Dispose() => _folder.Dispose();

    private protected override Task<IRuleStore> OpenAsync() => Task.FromResult<IRuleStore>(new FolderStore(_folder.Path));
}
