using System.Collections.Generic;

namespace Lyra.Tests.Harness.Programs;

/// <summary>The ways in which a program nests frames.</summary>
internal static class FrameRoutes
{
    /// <summary>
    /// A proc <c>d(n)</c> that recurses n levels, and the number of frames per level. A builtin that calls back, or an equivalent
    /// operation, counts as a frame in addition to those of the procs.
    /// </summary>
    public static readonly IReadOnlyList<(string Source, int FramesPerLevel)> All =
    [
        ("proc d(n) { if n == 0 { return 0 }; return d(n - 1) + 1 }", 1),
        ("var f = nil\nproc d(n) { if n == 0 { return 0 }; return f(n - 1) + 1 }\nf = d", 1),
        ("proc d(n) { if n == 0 { return 0 }; return d(...[n - 1]) + 1 }", 1),
        ("struct S {\n    proc m(self, n) { if n == 0 { return 0 }; return self.m(n - 1) + 1 }\n}\nvar s = S()\nproc d(n) { return s.m(n "
            + "- 1) }", 1),
        ("proc d(n) { if n == 0 { return 0 }; return [n - 1].map(d)[0] + 1 }", 2),
        ("proc d(n) { if n == 0 { return 0 }; return [n].map(x => d(x - 1))[0] + 1 }", 3),
        ("proc d(n) { if n == 0 { return 0 }; return length([n - 1].filter(d)) }", 2),
        ("proc d(n) { if n == 0 { return 0 }; return [0, n - 1].reduce((a, b) => d(b)) }", 3),
        ("proc d(n) { if n == 0 { return 0 }; return sorted([n - 1], d) }", 2),
        ("proc d(n) { if n == 0 { return 0 }; return any([n - 1], d) }", 2),
        ("struct S {\n    n\n    proc __add(self, o) { if self.n == 0 { return 0 }; return (S(self.n - 1) + o) + 1 }\n}\nproc d(n) { "
            + "return S(n - 1) + 1 }", 1),
        ("struct S {\n    n\n    proc __index(self, i) { if self.n == 0 { return 0 }; return S(self.n - 1)[i] + 1 }\n}\nproc d(n) { "
            + "return S(n - 1)[0] }", 1),
        ("struct S {\n    n\n    proc __setindex(self, i, v) { if self.n == 0 { return 0 }; S(self.n - 1)[i] = v }\n}\nproc d(n) { S(n - "
            + "1)[0] = 1 }", 1),
        ("struct S {\n    n\n    proc __call(self) { if self.n == 0 { return 0 }; return S(self.n - 1)() + 1 }\n}\nproc d(n) { return "
            + "S(n - 1)() }", 1),
        ("struct S {\n    n\n    proc __eq(self, o) { if self.n == 0 { return true }; return S(self.n - 1) == o }\n}\nproc d(n) { if n "
            + "== 0 { return 0 }; return S(n - 1) == 1 }", 2),
        ("struct S {\n    n\n    proc __lt(self, o) { if self.n == 0 { return true }; return S(self.n - 1) < o }\n}\nproc d(n) { if n == "
            + "0 { return 0 }; return S(n - 1) < 1 }", 2),
        ("struct S {\n    n\n    proc __str(self) { if self.n == 0 { return \"x\" }; return tostring(S(self.n - 1)) }\n}\nproc d(n) { if "
            + "n == 0 { return 0 }; return tostring(S(n - 1)) }", 2),
        ("struct S {\n    n\n    proc __eq(self, o) { return self is o }\n    proc __hash(self) { if self.n == 0 { return 1 }; return "
            + "hash(S(self.n - 1)) }\n}\nproc d(n) { if n == 0 { return 0 }; return hash(S(n - 1)) }", 2),
        ("struct S {\n    n\n    proc __len(self) { if self.n == 0 { return 1 }; return length(S(self.n - 1)) }\n}\nproc d(n) { if n == "
            + "0 { return 0 }; return length(S(n - 1)) }", 2),
        ("struct S {\n    n\n    proc __iter(self) { if self.n == 0 { return [1] }; for x in S(self.n - 1) { }; return [1] }\n}\nproc "
            + "d(n) { if n == 0 { return 0 }; for x in S(n - 1) { } }", 2),
        ("proc g(n) { if n > 0 { for x in g(n - 1) { yield x } } else { yield 1 } }\nproc d(n) { for x in g(n - 1) { return x } }", 1),
        ("proc g(n) { if n > 0 { yield next(g(n - 1)) } else { yield 1 } }\nproc d(n) { if n == 0 { return 0 }; return next(g(n - 1)) }",
            2),
        ("struct P {\n    n\n    x = make(n)\n}\nproc make(n) { if n == 0 { return 0 }; return P(n - 1) }\nproc d(n) { return make(n) }",
            2),
        ("async proc d(n) { if n == 0 { return 0 }; return await d(n - 1) + 1 }", 1),
    ];
}
