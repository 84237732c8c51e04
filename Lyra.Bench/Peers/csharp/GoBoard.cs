// n random moves in games on a 9x9 Go board: groups and liberties by flood fill, captures, ko, score by area
static class GoBoard
{
    const long Mod = 1000000007;
    const int Size = 9;
    const int Empty = 0;
    const int Black = 1;
    const int White = 2;

    static long seed;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static int Opponent(int color) => color == Black ? White : Black;

    static List<List<int>> NeighborTable(int size)
    {
        var table = new List<List<int>>();
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                var near = new List<int>();
                if (x > 0) near.Add(y * size + x - 1);
                if (x < size - 1) near.Add(y * size + x + 1);
                if (y > 0) near.Add((y - 1) * size + x);
                if (y < size - 1) near.Add((y + 1) * size + x);
                table.Add(near);
            }
        }
        return table;
    }

    sealed class Board(int size, List<List<int>> neighbors)
    {
        int ko = -1;

        public int[] Cells { get; } = new int[size * size];
        public Dictionary<int, int> Captured { get; } = new() { [Black] = 0, [White] = 0 };

        // The stones connected with the one at start, and their liberties.
        (HashSet<int> Stones, HashSet<int> Liberties) Group(int start)
        {
            int color = Cells[start];
            var stones = new HashSet<int> { start };
            var liberties = new HashSet<int>();
            var open = new Stack<int>();
            open.Push(start);
            while (open.Count > 0)
            {
                int here = open.Pop();
                foreach (int next in neighbors[here])
                {
                    if (Cells[next] == Empty) liberties.Add(next);
                    else if (Cells[next] == color && stones.Add(next)) open.Push(next);
                }
            }
            return (stones, liberties);
        }

        bool Play(int position, int color)
        {
            if (Cells[position] != Empty || position == ko) return false;
            Cells[position] = color;
            var taken = new List<int>();
            foreach (int next in neighbors[position])
            {
                if (Cells[next] != Opponent(color)) continue;
                var (group, free) = Group(next);
                if (free.Count == 0)
                {
                    foreach (int stone in group)
                    {
                        Cells[stone] = Empty;
                        taken.Add(stone);
                    }
                }
            }
            var (stones, liberties) = Group(position);
            if (liberties.Count == 0)
            {
                Cells[position] = Empty;
                return false;
            }
            Captured[color] += taken.Count;
            ko = taken.Count == 1 && stones.Count == 1 && liberties.Count == 1 ? taken[0] : -1;
            return true;
        }

        bool IsEye(int position, int color) => neighbors[position].All(next => Cells[next] == color);

        public bool PlayRandom(int color)
        {
            for (int attempt = 0; attempt < 20; attempt++)
            {
                int position = Random(Cells.Length);
                if (!IsEye(position, color) && Play(position, color)) return true;
            }
            ko = -1;
            return false;
        }

        // The empty region around start and the colors at its border.
        (HashSet<int> Points, HashSet<int> Borders) Region(int start)
        {
            var points = new HashSet<int> { start };
            var borders = new HashSet<int>();
            var open = new Stack<int>();
            open.Push(start);
            while (open.Count > 0)
            {
                foreach (int next in neighbors[open.Pop()])
                {
                    if (Cells[next] != Empty) borders.Add(Cells[next]);
                    else if (points.Add(next)) open.Push(next);
                }
            }
            return (points, borders);
        }

        // Stones, territory and the number of groups for each color.
        public (Dictionary<int, int> Area, Dictionary<int, int> Groups) Score()
        {
            var area = new Dictionary<int, int> { [Black] = 0, [White] = 0 };
            var groups = new Dictionary<int, int> { [Black] = 0, [White] = 0 };
            var seen = new HashSet<int>();
            for (int position = 0; position < Cells.Length; position++)
            {
                if (seen.Contains(position)) continue;
                int color = Cells[position];
                if (color == Empty)
                {
                    var (points, borders) = Region(position);
                    if (borders.Count == 1)
                        foreach (int owner in borders) area[owner] += points.Count;
                    seen.UnionWith(points);
                }
                else
                {
                    var (stones, _) = Group(position);
                    area[color] += stones.Count;
                    groups[color]++;
                    seen.UnionWith(stones);
                }
            }
            return (area, groups);
        }
    }

    static (int Moves, long Checksum) PlayGame(List<List<int>> neighbors, int limit)
    {
        var board = new Board(Size, neighbors);
        int color = Black;
        int passes = 0;
        int moves = 0;
        while (passes < 2 && moves < limit)
        {
            passes = board.PlayRandom(color) ? 0 : passes + 1;
            color = Opponent(color);
            moves++;
        }
        var (area, groups) = board.Score();
        long sum = moves;
        foreach (int c in new[] { Black, White }) sum = sum * 100 + area[c] + groups[c] + board.Captured[c];
        foreach (int cell in board.Cells) sum = (sum * 3 + cell) % Mod;
        return (moves, sum);
    }

    public static long Run(int n)
    {
        seed = 42;
        var neighbors = NeighborTable(Size);
        long sum = 0;
        int left = n;
        while (left > 0)
        {
            var (moves, checksum) = PlayGame(neighbors, Math.Min(left, 200));
            sum = (sum * 31 + checksum) % Mod;
            left -= moves;
        }
        return sum;
    }
}
