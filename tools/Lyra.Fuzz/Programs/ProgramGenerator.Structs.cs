using System.Collections.Generic;

namespace Lyra.Fuzz.Programs;

/// <content>Declarations of structs: two fields, methods, some hooks.</content>
internal sealed partial class ProgramGenerator
{
    private static readonly (string Name, string Text)[] HookTable =
    [
        ("__add", "proc __add(self, o) { return @(self.x + o.x, self.y + o.y) }"),
        ("__add", "proc __add(self, o) { return @(self.x + o.x, self.y) }"),
        ("__sub", "proc __sub(self, o) { return @(self.x - o.x, self.y) }"),
        ("__mul", "proc __mul(self, k) { if k == 7 throw \"seven\"; return @(self.x * k, self.y) }"),
        ("__neg", "proc __neg(self) { return @(-self.x, self.y) }"),
        ("__eq", "proc __eq(self, o) { return type(o) == \"@\" and self.x == o.x }"),
        ("__eq", "proc __eq(self, o) { self.ok = not self.ok; return o is not nil and self.y == o.y }"),
        ("__lt", "proc __lt(self, o) { return self.x < o.x }"),
        ("__lt", "proc __lt(self, o) { return if self.x != o.x { self.x < o.x } else { self.y < o.y } }"),
        ("__le", "proc __le(self, o) { return if self.x == 5 { nil } else { self.x <= o.x } }"),
        ("__index", "proc __index(self, i) { return if i == 0 { self.x } else { self.y } }"),
        ("__setindex", "proc __setindex(self, i, v) { self.y = v }"),
        ("__call", "proc __call(self, v) { self.x += 1; return v + self.y }"),
        ("__str", "proc __str(self) { return \"@<${self.x}>\" }"),
        ("__contains", "proc __contains(self, v) { return v == self.x }"),
        ("__and", "proc __and(self, o) { return self.x }"),
        ("__xor", "proc __xor(self, o) { return self }"),
        ("__len", "proc __len(self) { return 3 }"),
        ("__len", "proc __len(self) { return if self.ok { self.x } else { 2 } }"),
        ("__iter", "proc __iter(self) { for i in 0..5 { yield self.x + i } }"),
        ("__hash", "proc __hash(self) { return 7 }"),
    ];

    private void Struct()
    {
        if (Structs.Count > 0 && Random.Chance(35))
        {
            StructWithUse();
            return;
        }

        string name = NewName("S");
        bool isAnnotated = Random.Chance(40);
        Writer.Open($"struct {name}");
        Writer.Line(isAnnotated ? $"x: {Random.Pick("int", "int", "float", "i32")}" : "x");
        Writer.Line(isAnnotated && Random.Chance(60) ? $"y: {Random.Pick("int", "any", "float", "int?")} = 2" : $"y = {SmallInt()}");
        Writer.Line(isAnnotated ? "ok: bool = false" : "ok = false");
        Writer.Line($"proc sum(self) {{ return {Random.Pick("self.x + self.y", "self.x * 2 - self.y", "self.x")} }}");
        Writer.Line($"proc moved(self, d) {{ return {name}(self.x + d, self.y) }}");
        Writer.Line($"proc add(self, d) {{ self.x += d; return {Random.Pick("self", "nil", "self.x")} }}");
        HashSet<string> hooks = [];
        foreach ((string hook, string text) in HookTable)
        {
            if (Random.Chance(40) && hooks.Add(hook))
            {
                Writer.Line(text.Replace("@", name, System.StringComparison.Ordinal));
            }
        }

        Writer.Close();
        Structs.Add(new StructModel(name, hooks, isAnnotated));
    }

    /// <summary>A struct that uses another one, with a member more, and perhaps one in the place of a used one.</summary>
    private void StructWithUse()
    {
        StructModel used = Random.PickFrom(Structs);
        string name = NewName("S");
        HashSet<string> hooks = [.. used.Hooks];
        Writer.Open($"struct {name}");
        Writer.Line($"use {used.Name}");
        Writer.Line($"z = {Random.Pick("0", "x", "same(y)", "[x]")}");
        if (Random.Chance(30) && !used.IsAnnotated)
        {
            Writer.Line($"y = {SmallInt()}");
        }

        if (Random.Chance(40))
        {
            Writer.Line($"proc sum(self) {{ return {used.Name}.sum(self) }}");
        }

        if (Random.Chance(20))
        {
            hooks.Add("__neg");
            Writer.Line($"proc __neg(self) {{ return {name}(self.x, self.z) }}");
        }

        Writer.Close();
        Structs.Add(new StructModel(name, hooks, used.IsAnnotated));
    }
}
