namespace Lyra.Fuzz.Programs;

/// <content>Statements that change containers, and closures that keep variables alive.</content>
internal sealed partial class ProgramGenerator
{
    private bool ListStatement()
    {
        Kind lists = _random.Pick(Kind.Ints, Kind.Ints, Kind.Floats, Kind.Texts, Kind.Mixed, Kind.Bools, Kind.Procs);
        if (Find(lists) is not { } list)
        {
            return false;
        }

        Kind element = !list.IsAnnotated && _random.Chance(6) ? Kind.Any : ElementKind(lists);
        _writer.Line(_random.Below(16) switch
        {
            <= 4 => $"{list.Name}.push({Expression(element)})",
            <= 8 => $"{list.Name}[{Index(list.Name)}] = {Expression(element)}",
            9 when lists is Kind.Ints or Kind.Floats => $"{list.Name}[{Index(list.Name)}] {_random.Pick("+=", "-=", "*=")} {Expression(element)}",
            10 => $"if length({list.Name}) > {_random.Between(1, 6)} {{ {list.Name}.pop() }}",
            11 => $"{list.Name}.insert({_random.Below(2)}, {Expression(element)})",
            12 => $"if length({list.Name}) > {_random.Between(10, 30)} {{ {list.Name}.clear() }}",
            13 => $"{list.Name}.extend({Leaf(lists)})",
            14 => $"{list.Name}.{_random.Pick("reverse()", $"remove({Leaf(element)})", "removeAt(0)", $"fill({Leaf(element)})", "sort()")}",
            _ => Swap(list.Name),
        });
        return true;
    }

    private string Swap(string list)
    {
        string first = Index(list);
        string second = Index(list);
        return $"{list}[{first}], {list}[{second}] = {list}[{second}], {list}[{first}]";
    }

    private bool TableStatement()
    {
        if (Find(Kind.Table) is not { } table)
        {
            return false;
        }

        string value = Expression(_random.Chance(80) ? Kind.Int : Kind.Any);
        string key = _counters.Count > 0 && _random.Chance(30) ? $"{_counters[^1]} % {_random.Between(2, 9)}" : Key();
        _writer.Line(_random.Below(10) switch
        {
            <= 4 => $"{table.Name}[{key}] = {value}",
            5 or 6 => $"{table.Name}[{key}] = ({table.Name}[{key}] ?? 0) + {Expression(Kind.Int)}",
            7 => $"{table.Name}.remove({key})",
            8 => $"{table.Name}[{key}] {_random.Pick("+=", "??=")} {Expression(Kind.Int)}",
            _ => $"if length({table.Name}) > {_random.Between(4, 20)} {{ {table.Name}.clear() }}",
        });
        return true;
    }

    private bool SetStatement()
    {
        if (Find(Kind.Set) is not { } target)
        {
            return false;
        }

        _writer.Line(_random.Chance(65) ? $"{target.Name}.add({Expression(_random.Chance(85) ? Kind.Int : Kind.Str)})" : $"{target.Name}.remove({Expression(Kind.Int)})");
        return true;
    }

    private bool BytesStatement()
    {
        if (Find(Kind.Bytes) is not { } target)
        {
            return false;
        }

        _writer.Line($"{target.Name}[{Index(target.Name)}] = {(_random.Chance(80) ? $"{Leaf(Kind.Int)} & 255" : Leaf(Kind.Int))}");
        return true;
    }

    private bool FieldStatement()
    {
        if (Find(Kind.Instance) is not { } instance)
        {
            return false;
        }

        string field = _random.Pick("x", "y");
        if (_random.Chance(20))
        {
            _writer.Line($"{instance.Name}.ok = {Expression(Kind.Bool)}");
            return true;
        }

        _writer.Line(_random.Below(8) switch
        {
            <= 2 => $"{instance.Name}.{field} = {Expression(_random.Chance(85) ? Kind.Int : Kind.Any)}",
            3 or 4 => $"{instance.Name}.{field} {_random.Pick("+=", "-=", "*=")} {Expression(Kind.Int)}",
            5 => $"{instance.Name}.add({Expression(Kind.Int)})",
            6 => $"{instance.Name}[{Leaf(Kind.Int)}] = {Leaf(Kind.Int)}",
            _ => $"{instance.Name}.{field}, {instance.Name}.{(field == "x" ? "y" : "x")} = {instance.Name}.y, {instance.Name}.x",
        });
        return true;
    }

    /// <summary>Closures over variables that go on changing, and calls of them.</summary>
    private bool Closures()
    {
        if (Find(Kind.Procs) is not { } procs)
        {
            if (Find(Kind.Proc, isAssignable: true) is { } proc)
            {
                _writer.Line($"{proc.Name} = {Lambda(1)}");
                return true;
            }

            return false;
        }

        if (_random.Chance(50) || Find(Kind.Int, isAssignable: true) is not { } target)
        {
            _writer.Line($"{procs.Name}.push({Lambda(1)})");
            return true;
        }

        _writer.Line(_random.Chance(60)
            ? $"{target.Name} = {procs.Name}[{Index(procs.Name)}]({Leaf(Kind.Int)})"
            : $"for f in {procs.Name} {{ {target.Name} = (f({target.Name}) % 1000003) }}");
        return true;
    }

    /// <summary>A proc inside a block that reads and writes what is around it.</summary>
    private bool NestedProc()
    {
        if (_blockDepth >= MaxBlockDepth || Find(Kind.Int, isAssignable: true) is not { } target)
        {
            return false;
        }

        string name = NewName("h");
        string parameter = NewName("q");
        _writer.Open($"proc {name}({parameter})");
        _writer.Line($"{target.Name} {_random.Pick("+=", "-=", "^=")} {parameter}");
        if (_random.Chance(40))
        {
            _writer.Line($"if {target.Name} % {_random.Between(3, 30)} == {_random.Below(3)} throw \"{name}\"");
        }

        _writer.Line($"return {target.Name} {_random.Pick("+", "*", "-")} {_random.Below(5)}");
        _writer.Close();
        _variables.Add(new Variable(name, Kind.Proc, IsAssignable: false));
        return true;
    }
}
