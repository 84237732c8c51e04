using Lyra.Generate.Api;

namespace Lyra.Generate.Files;

/// <summary>Every file that this tool writes. GeneratedFileTests checks that each is up to date.</summary>
internal static class GeneratedFiles
{
    public static readonly GeneratedFile[] All =
    [
        new("Lyra.Runtime/Hosting/DelegateAdapter.Arities.cs", DelegateArities.Text),
        new("Lyra.Runtime/Hosting/ProcAdapter.Arities.cs", ProcArities.Text),
        new("Lyra.Runtime/Bytecode/OpcodeColumns.cs", OpcodeColumns.Text),
        new("Lyra.Jit/Ir/IrRows.cs", IrRows.Text),
        new("Lyra.Jit/Helpers/RegionHelpers.cs", RegionHelpers.Text),
        new("Lyra.Jit/Passes/Folds/FoldRules.Lines.cs", FoldCode.Text),
        new("docs/api.md", ApiPage.Text),
        new(LibraryLists.Page, LibraryLists.Text),
        new(LibraryPage.Path, LibraryPage.Text),
    ];
}
