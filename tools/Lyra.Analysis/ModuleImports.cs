using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Library;

namespace Lyra.Analysis;

/// <summary>What the imports of a file bind, and reports of those that find nothing.</summary>
internal sealed class ModuleImports
{
    private readonly Dictionary<Symbol, KnownType> _types = new(ReferenceEqualityComparer.Instance);
    private readonly SourceModule _module;

    public ModuleImports(SourceModule module)
    {
        _module = module;
        foreach (Statement statement in module.Tree.Statements)
        {
            switch (statement)
            {
                case ImportModule import: Add(import); break;
                case ImportNames import: Add(import); break;
            }
        }
    }

    /// <summary>The names that imports bind.</summary>
    public IReadOnlyCollection<Symbol> Symbols => _types.Keys;

    /// <summary>The imported files whose code does something besides declaring.</summary>
    public HashSet<Symbol> WithEffects { get; } = new(ReferenceEqualityComparer.Instance);

    public KnownType TypeOf(Symbol symbol) => _types.GetValueOrDefault(symbol, KnownType.Any);

    private void Add(ImportModule import)
    {
        if (_module.Resolved.SymbolOf(import) is { } symbol)
        {
            IModuleMembers? found = Find(import.Path, symbol);
            _types[symbol] = found is null ? KnownType.Any : KnownType.Of(new TypeAtom(ValueKind.Module) { Module = found });
        }
    }

    private void Add(ImportNames import)
    {
        foreach (ImportedName name in import.Names)
        {
            if (_module.Resolved.SymbolOf(name) is not { } symbol)
            {
                continue;
            }

            IModuleMembers? found = Find(import.Path, symbol);
            KnownType? type = found is SourceModule source && source.FindExport(name.Name) is { IsReassigned: true }
                ? KnownType.Any
                : found?.Find(name.Name);
            _types[symbol] = type ?? KnownType.Any;
            if (found is null || type is not null)
            {
                continue;
            }

            string? nearest = Hints.NearestOf(name.Name, found.Names);
            SourceSpan span = new(name.Span.Start, name.Name.Length);
            _module.Reports.Add(ReportRules.UnknownExport, span, false, null, import.Path.Text, name.Name, Hint(nearest));
        }
    }

    private IModuleMembers? Find(ModulePath path, Symbol symbol)
    {
        if (!path.IsQuoted && LibraryTable.TryFindModule(path.Text, out LibraryModule? library))
        {
            return new LibraryMembers(library);
        }

        ImportResult result = _module.Project.Import(path.Text, _module.Source.FileName);
        if (result.Module is not null)
        {
            _module.Project.NoteImport(result.Module);
            return result.Module;
        }

        WithEffects.Add(symbol);
        if (result.IsMissing)
        {
            IEnumerable<string> known = path.IsQuoted
                ? _module.Project.Neighbours(path.Text, _module.Source.FileName)
                : LibraryTable.ModuleNames;
            string? nearest = NearestName.Find(path.Text, known.Take(NearestName.MaxNames));
            _module.Reports.Add(ReportRules.UnknownModule, path.Span, false, null, path.Text, Hint(nearest));
        }

        return null;
    }

    private static string Hint(string? nearest) => nearest is null ? "." : $"; is it `{nearest}`?";
}
